import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';

const BINDING = `new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });`;
const BUCKETS = ['renditions', 'thumbnails'].map(
  (name) => `new mps.OutputBucket('${name}', { bucket: '${name}' });`,
);
const MUTATING = ['CreateBinding', 'DeleteBinding', 'BindOutputBucket', 'UnbindOutputBucket'];

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({ emulator, program: [BINDING, ...BUCKETS].join('\n'), passphrase: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

/** The mutating calls since the last look. */
function calls(): string[] {
  const journal = emulator.journal().filter(({ action }) => MUTATING.includes(action));
  emulator.clearJournal();
  return journal.map(({ action, link, code }) => [action, link, code].filter(Boolean).join(' ')).sort();
}

it('makes the links, removes those that left the program, and destroys the rest, each exactly once', async () => {
  await stack.up();
  expect(calls()).toEqual([
    'BindOutputBucket cn-shanghai/renditions',
    'BindOutputBucket cn-shanghai/thumbnails',
    'CreateBinding cn-shanghai/media/videos/oss://originals',
  ]);
  await stack.settled('together');

  stack.write(BUCKETS[0] ?? '');
  const preview = await stack.succeed('preview');
  expect(preview).toMatch(/DatasetBinding videos delete/);
  expect(preview).toMatch(/OutputBucket thumbnails delete/);
  const up = await stack.up();
  expect(up).toMatch(
    /imm.DatasetBinding cn-shanghai\/media\/videos\/oss:\/\/originals: DeleteBinding \(account \d+, RequestId [-0-9A-F]{36}\)/,
  );
  expect(up).toMatch(
    /mps.OutputBucket cn-shanghai\/thumbnails: UnbindOutputBucket \(account \d+, RequestId [-0-9A-F]{36}\)/,
  );
  expect(calls()).toEqual([
    'DeleteBinding cn-shanghai/media/videos/oss://originals',
    'UnbindOutputBucket cn-shanghai/thumbnails',
  ]);
  await stack.settled('together');

  await stack.destroy();
  expect(calls()).toEqual(['UnbindOutputBucket cn-shanghai/renditions']);
  expect(emulator.isEmpty()).toBe(true);
  expect(await stack.links()).toEqual([]);
});
