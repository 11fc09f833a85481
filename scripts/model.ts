import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEnvironment } from './environment.js';
import { findRoot } from './root.js';
import { findToolchainWith, folderVariable } from './toolchain.js';

/** Times the programs of `npm run test:wide`: 20,000 on the lifecycles. */
const SCALE = '20';

/** Tries many more random programs than a gate does, and new ones. Arguments go on to vitest. */
export async function main(args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'pulumi-alicloud-media-model-'));
  try {
    const toolchain = await findToolchainWith(['yaml'], (text) => process.stdout.write(`${text}\n`));
    const { FC_SCALE = SCALE, FC_SHRINK = '1' } = process.env;
    const env = {
      ...makeEnvironment({ folder, toolchain }),
      ...(toolchain === undefined ? {} : { [folderVariable]: toolchain }),
      FC_SCALE,
      FC_SHRINK,
    };
    const root = findRoot();
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    return await run([vitest, 'run', '--project', 'model', ...args], root, env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
