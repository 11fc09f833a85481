import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import type { Stack } from '../stack.js';
import { removeExample, stackOfExample } from './example.js';

const BINDING = 'cn-shanghai/media/videos/oss://media-originals';
const [RENDITIONS, THUMBNAILS] = ['cn-shanghai/media-renditions', 'cn-shanghai/media-thumbnails'];

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

/** Takes the binding and one of the buckets out of the program. */
const REMOVAL: Readonly<Record<string, (folder: string) => void>> = {
  'plugin-yaml': (folder) =>
    edit(join(folder, 'Pulumi.yaml'), (text) =>
      text
        .replace(/ {2}videos:\n(?: {4,}.*\n)+/, '')
        .replace(/ {2}thumbnails:\n(?: {4,}.*\n)+/, '')
        .replace(/outputs:\n(?: .*\n)+/, ''),
    ),
  'plugin-typescript': (folder) =>
    edit(
      join(folder, 'index.ts'),
      () => `import { mps } from 'pulumi-alicloud-media-plugin';
new mps.OutputBucket('renditions', { bucket: 'media-renditions' });\n`,
    ),
};

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

it.each(Object.entries(REMOVAL))(
  'examples/%s makes its three links, removes what leaves the program, and destroys the rest',
  async (example, remove) => {
    stack = await stackOfExample(emulator, example);
    const preview = await stack.succeed('preview');
    expect(preview).toMatch(/\+ +alicloud-media:imm:DatasetBinding videos create/);
    expect(calls()).toEqual([]);
    await stack.up();
    expect(calls()).toEqual([
      `BindOutputBucket ${RENDITIONS}`,
      `BindOutputBucket ${THUMBNAILS}`,
      `CreateBinding ${BINDING}`,
    ]);
    expect(await stack.outputs()).toMatchObject({
      bindingStatus: 'Active',
      outputBuckets: ['media-renditions', 'media-thumbnails'],
      ...(example === 'plugin-typescript' && { phase: expect.any(String) }),
    });
    await stack.settled();

    // A change behind the stack's back is seen.
    emulator.unbindOutputBucket('media-renditions');
    expect(await stack.refresh()).toMatch(/- +alicloud-media:mps:OutputBucket renditions deleted/);
    await stack.up();
    expect(calls()).toEqual([`BindOutputBucket ${RENDITIONS}`]);

    remove(stack.folder);
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
  },
);
