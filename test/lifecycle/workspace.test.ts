import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulator, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { mutatingCalls } from './calls.js';

const SCRATCH = resolve(__dirname, '../../.test');

it('serves a workspace: packages hoisted above it, the program in a folder of its own, commands from elsewhere, account ids as numbers', async () => {
  const emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  mkdirSync(SCRATCH, { recursive: true });
  const project = mkdtempSync(join(SCRATCH, 'workspace-'));
  const folder = join(project, 'program');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  writeFileSync(
    join(project, 'Pulumi.yaml'),
    'name: workspace\nmain: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n',
  );
  const accounts = `  alicloud:accountId: ${TEST_ACCOUNT_ID}\n  alicloud-media:allowedAccountIds: [${TEST_ACCOUNT_ID}]\n`;
  writeFileSync(join(project, 'Pulumi.test.yaml'), `config:\n${accounts}`);
  const stack = await Stack.make({
    emulator,
    folder,
    program: `
      new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
      new mps.OutputBucket('renditions', { bucket: 'renditions' });`,
  });
  try {
    await stack.succeed('-C', '..', 'up', '--yes', '--skip-preview');
    for (const { outputs } of await stack.links()) expect(outputs.accountId).toBe(TEST_ACCOUNT_ID);
    expect(mutatingCalls(emulator)).toHaveLength(2);
    await stack.succeed('-C', '..', 'destroy', '--yes', '--skip-preview');
    expect(mutatingCalls(emulator)).toHaveLength(2);
    expect(emulator.isEmpty()).toBe(true);
  } finally {
    stack.remove();
    rmSync(project, { recursive: true, force: true });
    await emulator.close();
  }
});
