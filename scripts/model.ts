import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEnvironment } from './environment.js';
import { findRoot } from './root.js';
import { vitest } from './test/vitest.js';
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
    return await vitest(root, ['run', '--project', 'model', ...args], env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
