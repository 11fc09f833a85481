import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { PLUGINS, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

const LINKS = `
  new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' }, { customTimeouts: { delete: '20m' } });
  new mps.OutputBucket('renditions', { bucket: 'renditions', adopt: true });`;
const IDS = ['cn-shanghai/media/videos/oss://originals', 'cn-shanghai/renditions'];

let emulator: Emulator;
let stack: Stack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  // A live stack of the dynamic host.
  stack = await Stack.make({ emulator, program: LINKS });
  await stack.up();
  expect(mutatingCalls(emulator).sort()).toEqual([`BindOutputBucket ${IDS[1]}`, `CreateBinding ${IDS[0]}`]);
});
afterEach(async () => {
  stack.remove();
  await emulator.close();
});

/** Brings the stack over and takes it down: the links stay what they are, until the destroy removes each once. */
async function movesInPlace(): Promise<void> {
  const preview = await stack.succeed('preview', '--diff');
  expect(preview).not.toMatch(/replace|delete|create/);
  await stack.up();
  expect(mutatingCalls(emulator)).toEqual([]);
  const links = await stack.links();
  expect(links.map(({ id }) => id).sort()).toEqual(IDS);
  expect(links.map(({ type }) => type).sort()).toEqual([
    'alicloud-media:imm:DatasetBinding',
    'alicloud-media:mps:OutputBucket',
  ]);
  await stack.settled();
  await stack.refresh();
  for (const { inputs, outputs } of await stack.links()) {
    expect({ ...inputs, ...outputs }).not.toHaveProperty('__provider');
    expect(outputs).toHaveProperty('accountId');
  }
  await stack.settled();
  await stack.destroy();
  expect(mutatingCalls(emulator).sort()).toEqual([`DeleteBinding ${IDS[0]}`, `UnbindOutputBucket ${IDS[1]}`]);
  expect(emulator.isEmpty()).toBe(true);
}

it('a stack moves from the dynamic host to the plugin by another import in the program, and nothing is replaced', async () => {
  writeFileSync(
    join(stack.folder, 'index.js'),
    `const { imm, mps } = require('pulumi-alicloud-media-plugin');${LINKS}`,
  );
  await movesInPlace();
});

it.runIf(IS_WIDE)('a stack moves to a program in YAML by an alias, and nothing is replaced', async () => {
  rmSync(join(stack.folder, 'index.js'));
  stack.file(
    'Pulumi.yaml',
    `name: lifecycle
runtime: yaml
${PLUGINS}resources:
  videos:
    type: alicloud-media:imm:DatasetBinding
    properties: { projectName: media, datasetName: videos, uri: oss://originals }
    options:
      aliases: [{ type: 'pulumi-nodejs:dynamic/alicloud-media:DatasetBinding' }]
  renditions:
    type: alicloud-media:mps:OutputBucket
    properties: { bucket: renditions, adopt: true }
    options:
      aliases: [{ type: 'pulumi-nodejs:dynamic/alicloud-media:OutputBucket' }]
`,
  );
  await movesInPlace();
});
