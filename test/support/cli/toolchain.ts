import { findToolchainForTests } from '../../../scripts/test/toolchain.js';
import { folderVariable } from '../../../scripts/toolchain.js';

/**
 * Before the first test of a kind that drives the CLI, and not in the time of one: it may have to be built, which says
 * so while it lasts. `npm test` has found it already.
 */
export async function setup(): Promise<void> {
  if (process.env[folderVariable]) return;
  try {
    process.env[folderVariable] = await findToolchainForTests(console.log);
  } catch (error) {
    // What needs it fails by itself; the rest is tested.
    console.log(error instanceof Error ? error.message : String(error));
  }
}
