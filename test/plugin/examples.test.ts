import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { removeExample, stackOfExample } from '../support/cli/example.js';
import type { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { withoutNpm } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');
const BINDING = 'cn-shanghai/media/videos/oss://media-originals';
const [RENDITIONS, THUMBNAILS] = ['cn-shanghai/media-renditions', 'cn-shanghai/media-thumbnails'];

const MADE = [`BindOutputBucket ${RENDITIONS}`, `BindOutputBucket ${THUMBNAILS}`, `CreateBinding ${BINDING}`];
const OUTPUTS = { bindingStatus: 'Active', outputBuckets: ['media-renditions', 'media-thumbnails'] };

let emulator: Emulator;
let stack: Stack | undefined;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});
afterEach(async () => {
  if (stack) removeExample(stack);
  stack = undefined;
  await emulator.close();
});

/** The changes since the last look, in no order. */
function calls(): string[] {
  const sent = mutatingCalls(emulator).sort();
  emulator.clearJournal();
  return sent;
}

/**
 * What the README has a person type before there is a stack. After it Pulumi finds the plugin without a word in Pulumi.yaml.
 * The first command has built this checkout; what the last one installs is test/plugin/examples-install.test.ts.
 */
async function followReadme(example: Stack): Promise<void> {
  example.environment.PATH = withoutNpm(example.environment.PATH);
  cpSync(join(ROOT, 'plugin'), join(example.folder, '../../plugin'), { recursive: true });
  const readme = readFileSync(join(example.folder, 'README.md'), 'utf8');
  const [, typed = ''] = /```sh\n([\s\S]*?)^pulumi stack init/m.exec(readme) ?? [];
  const [build, ...commands] = typed.trim().split('\n');
  expect(build).toBe('npm --prefix ../.. run -s build');
  expect(commands).toEqual([expect.stringMatching(/^pulumi plugin install /), 'pulumi install']);
  await example.succeed(...(commands[0] ?? '').split(' ').slice(1));
  await example.succeed('install', '--no-dependencies');
}

it('examples/plugin-yaml makes its three links, removes what leaves the program, and destroys the rest', async () => {
  stack = await stackOfExample(emulator, 'plugin-yaml');
  await followReadme(stack);
  const preview = await stack.succeed('preview');
  expect(preview).toMatch(/\+ +alicloud-media:imm:DatasetBinding videos create/);
  expect(calls()).toEqual([]);
  await stack.up();
  expect(calls()).toEqual(MADE);
  expect(await stack.outputs()).toEqual(OUTPUTS);
  await stack.settled('together');

  // A change behind the stack's back is seen.
  emulator.unbindOutputBucket('media-renditions');
  expect(await stack.refresh()).toMatch(/- +alicloud-media:mps:OutputBucket renditions deleted/);
  await stack.up();
  expect(calls()).toEqual([`BindOutputBucket ${RENDITIONS}`]);

  const project = join(stack.folder, 'Pulumi.yaml');
  const without = readFileSync(project, 'utf8')
    .replace(/ {2}videos:\n(?: {4,}.*\n)+/, '')
    .replace(/ {2}thumbnails:\n(?: {4,}.*\n)+/, '')
    .replace(/outputs:\n(?: .*\n)+/, '');
  writeFileSync(project, without);
  const deletes = await stack.succeed('preview');
  expect(deletes).toMatch(/- +alicloud-media:imm:DatasetBinding videos delete/);
  expect(deletes).toMatch(/- +alicloud-media:mps:OutputBucket thumbnails delete/);
  const up = await stack.up();
  expect(up).toMatch(
    /DeleteBinding \(account \d+, RequestId [-0-9A-F]{36}\)\. New changes in the bucket are not/,
  );
  expect(calls()).toEqual([`DeleteBinding ${BINDING}`, `UnbindOutputBucket ${THUMBNAILS}`]);

  await stack.destroy();
  expect(calls()).toEqual([`UnbindOutputBucket ${RENDITIONS}`]);
  expect(emulator.isEmpty()).toBe(true);
  expect(await stack.links()).toEqual([]);
});

it.runIf(IS_WIDE)(
  'examples/plugin-typescript makes its links, sees what changed, takes imported ones in, and destroys all',
  async () => {
    stack = await stackOfExample(emulator, 'plugin-typescript');
    await followReadme(stack);
    await stack.up();
    expect(calls()).toEqual(MADE);
    expect(await stack.outputs()).toEqual({ ...OUTPUTS, phase: expect.any(String) });
    await stack.settled();

    emulator.stopBinding(BINDING);
    expect(await stack.refresh()).toMatch(/~ +alicloud-media:imm:DatasetBinding videos updated/);
    emulator.createBinding('cn-shanghai/media/videos/oss://media-extra');
    emulator.bindOutputBucket('media-extra');
    const importing = ['import', '--yes', '--skip-preview', '--protect=false', '--generate-code=false'];
    for (const [type, id] of [
      ['alicloud-media:imm:DatasetBinding', 'cn-shanghai/media/videos/oss://media-extra'],
      ['alicloud-media:mps:OutputBucket', 'cn-shanghai/media-extra'],
    ] as const)
      await stack.succeed(...importing, type, 'extra', id);
    const path = join(stack.folder, 'index.ts');
    const more = `
new imm.DatasetBinding('extra', { projectName: 'media', datasetName: 'videos', uri: 'oss://media-extra' });
new mps.OutputBucket('extra', { bucket: 'media-extra' });\n`;
    writeFileSync(path, `${readFileSync(path, 'utf8')}${more}`);
    await stack.succeed('preview', '--expect-no-changes');
    expect(calls()).toEqual([]);

    await stack.destroy();
    expect(calls()).toHaveLength(5);
    expect(emulator.isEmpty()).toBe(true);
  },
);
