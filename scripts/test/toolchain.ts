import { hasGo } from '../toolchain/go-module.js';
import type { Say } from '../toolchain/way.js';
import { findToolchainWith } from '../toolchain.js';

/** What the tests drive. Without Go nothing can write an SDK, and the tests of the SDKs say so. */
export function findToolchainForTests(say: Say): Promise<string> {
  return findToolchainWith(hasGo(process.env) ? ['sdk', 'yaml'] : ['yaml'], say);
}
