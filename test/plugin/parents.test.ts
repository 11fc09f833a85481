import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { BUCKET, events, installBucket } from '../lifecycle/parent-bucket.js';
import { Stack } from '../support/cli/stack.js';

const BINDING = 'cn-shanghai/media/videos/oss://parent';
const REGISTRATION = 'cn-shanghai/parent';

let emulator: Emulator;
let stack: Stack;
beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 1 });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({ emulator, program: '', host: 'plugin', resident: true });
  installBucket(stack);
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

const program = (storage: string) => `${BUCKET}
const bucket = new Bucket('bucket', { bucket: 'parent', storage: '${storage}', deleteFirst: true });
const uri = pulumi.interpolate\`oss://\${bucket.bucket}\`;
const bound = new imm.DatasetBinding('bound', { projectName: 'media', datasetName: 'videos', uri });
new mps.OutputBucket('registered', { bucket: bucket.bucket });
exports.phase = imm.getDatasetBindingOutput({ projectName: 'media', datasetName: 'videos', uri: bound.uri }).phase;
`;

it('links of a bucket that is replaced delete-first go before it, and come back after it', async () => {
  stack.write(program('Standard'));
  await stack.up();
  events(stack, emulator);
  stack.write(program('IA'));
  // In this preview the name of the bucket is unknown, and with it what the function would be asked.
  const preview = await stack.succeed('preview');
  expect(preview).toMatch(/DatasetBinding bound replace/);
  expect(preview).toMatch(/OutputBucket registered replace/);
  await stack.up();
  const all = events(stack, emulator);
  const road = (of: string) => all.filter((event) => !event.includes('/') || event.endsWith(of));
  expect(road(BINDING)).toEqual([
    `DeleteBinding ${BINDING}`,
    'delete parent',
    'create parent',
    `CreateBinding ${BINDING}`,
  ]);
  expect(road(REGISTRATION)).toEqual([
    `UnbindOutputBucket ${REGISTRATION}`,
    'delete parent',
    'create parent',
    `BindOutputBucket ${REGISTRATION}`,
  ]);
  await stack.settled();
  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
});
