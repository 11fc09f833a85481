import { executable, findOnPath } from '../toolchain/files.js';
import { hasGo } from '../toolchain/go-module.js';
import type { Say } from '../toolchain/way.js';
import { findToolchainWith } from '../toolchain.js';

/** What the tests drive. What nothing here can build is left out, and the tests that need it say so. */
export function findToolchainForTests(say: Say): Promise<string> {
  if (!hasGo(process.env)) return findToolchainWith(['yaml'], say);
  const has = (tool: string) => findOnPath(tool, process.env.PATH) !== undefined;
  const python = has(`python3${executable}`) ? (['python'] as const) : [];
  const java = has('mvn') ? (['java'] as const) : [];
  return findToolchainWith(['actionlint', 'codegen', 'go', ...java, ...python, 'sdk', 'yaml'], say);
}
