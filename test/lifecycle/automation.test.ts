import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { findToolchain } from '../../scripts/toolchain.js';
import { IS_WIDE } from '../support/extent.js';
import { VAULT, vaultEnvironment } from '../support/servers/vault.js';
import { mutatingCalls } from './calls.js';

const SCRATCH = resolve(__dirname, '../../.test');
const REGIONS = ['cn-shanghai', 'cn-beijing'];

/** Prints the outputs of both stacks, and takes them down. */
const SCRIPT = `
const { LocalWorkspace } = require('@pulumi/pulumi/automation');
const { imm, mps } = require('pulumi-alicloud-media');

async function program() {
  const { projectName, datasetName, uri } = new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
  const { region } = new mps.OutputBucket('renditions', { bucket: 'renditions' });
  return { region, state: imm.getDatasetBinding({ projectName, datasetName, uri }).state };
}

async function main() {
  const config = (region) => ({ 'alicloud:region': region, 'alicloud-media:consistencyWindow': '0' });
  const stacks = await Promise.all(${JSON.stringify(REGIONS)}.map((region) =>
    LocalWorkspace.createStack({ stackName: region, projectName: 'inline', program }, {
      // From here the dynamic-provider process resolves its packages.
      workDir: __dirname,
      secretsProvider: '${VAULT}',
      projectSettings: { name: 'inline', runtime: 'nodejs' },
      stackSettings: { [region]: { config: config(region) } },
    })));
  const ups = await Promise.all(stacks.map((stack) => stack.up()));
  console.log(JSON.stringify(ups.map(({ outputs }) => [outputs.region.value, outputs.state.value])));
  await Promise.all(stacks.map((stack) => stack.destroy()));
}
main();
`;

it.runIf(IS_WIDE)(
  'serves two stacks that one process runs at once by the Automation API, each in its region',
  async () => {
    const emulator = await startEmulator();
    mkdirSync(SCRATCH, { recursive: true });
    const folder = mkdtempSync(join(SCRATCH, 'automation-'));
    try {
      for (const region of REGIONS) {
        emulator.createProject('media', { region });
        emulator.createDataset('media', 'videos', { region });
      }
      writeFileSync(join(folder, 'index.js'), SCRIPT);
      const env = {
        ...makeEnvironment({ folder, toolchain: await findToolchain(() => {}), url: emulator.url }),
        ...(await vaultEnvironment()),
      };
      const { stdout } = await promisify(execFile)(process.execPath, ['index.js'], { cwd: folder, env });
      expect(JSON.parse(stdout)).toEqual(REGIONS.map((region) => [region, 'Running']));
      expect(mutatingCalls(emulator)).toHaveLength(8);
      expect(emulator.isEmpty()).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await emulator.close();
    }
  },
);
