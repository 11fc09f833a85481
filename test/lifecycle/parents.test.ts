import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { BUCKET, events, installBucket } from './parent-bucket.js';

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({ emulator, program: '', resident: true });
  installBucket(stack);
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

interface Parent {
  readonly bucket: string;
  readonly storage?: string;
  readonly deleteFirst?: boolean;
}

/** A bucket with both links, and a link that only waits for another resource. */
function program(parent: Parent): string {
  return `${BUCKET}
const bucket = new Bucket('bucket', ${JSON.stringify(parent)});
new imm.DatasetBinding('bound', {
  projectName: 'media', datasetName: 'videos', uri: pulumi.interpolate\`oss://\${bucket.bucket}\`,
});
new mps.OutputBucket('registered', { bucket: bucket.bucket });
const policy = new Bucket('policy', { bucket: 'policy' });
new mps.OutputBucket('waiting', { bucket: 'waiting' }, { dependsOn: [policy] });
`;
}

/** Which calls were made for one link, and what became of its bucket, in this order. */
function road(all: readonly string[], call: RegExp): string[] {
  return all.filter((event) => call.test(event) || /^(create|delete) /.test(event));
}
const BINDING = /Binding /;
const REGISTRATION = /OutputBucket /;
const binding = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;

it('makes links after the bucket they name, and after what they wait for', async () => {
  stack.write(program({ bucket: 'first' }));
  await stack.up();
  const all = events(stack, emulator);
  const order = (...steps: string[]) => expect(all.filter((event) => steps.includes(event))).toEqual(steps);
  order('create first', `CreateBinding ${binding('first')}`);
  order('create first', 'BindOutputBucket cn-shanghai/first');
  order('create policy', 'BindOutputBucket cn-shanghai/waiting');
  expect(all).toHaveLength(5);
  await stack.settled();
});

it('moves links of a bucket replaced create-first: away before the old one goes, on after the new one is there', async () => {
  stack.write(program({ bucket: 'second' }));
  await stack.up();
  const all = events(stack, emulator);
  expect(road(all, BINDING)).toEqual([
    'create second',
    `DeleteBinding ${binding('first')}`,
    `CreateBinding ${binding('second')}`,
    'delete first',
  ]);
  expect(road(all, REGISTRATION)).toEqual([
    'create second',
    'UnbindOutputBucket cn-shanghai/first',
    'BindOutputBucket cn-shanghai/second',
    'delete first',
  ]);
  await stack.settled();
});

it('moves links of a bucket replaced delete-first: away before it goes, on after the new one is there', async () => {
  stack.write(program({ bucket: 'third', deleteFirst: true }));
  await stack.up();
  const all = events(stack, emulator);
  expect(road(all, BINDING)).toEqual([
    `DeleteBinding ${binding('second')}`,
    'delete second',
    'create third',
    `CreateBinding ${binding('third')}`,
  ]);
  expect(road(all, REGISTRATION)).toEqual([
    'UnbindOutputBucket cn-shanghai/second',
    'delete second',
    'create third',
    'BindOutputBucket cn-shanghai/third',
  ]);
  await stack.settled();
});

it('does so for a bucket replaced delete-first under its own name', async () => {
  stack.write(program({ bucket: 'third', storage: 'IA', deleteFirst: true }));
  const preview = await stack.succeed('preview');
  expect(preview).toMatch(/DatasetBinding bound replace/);
  expect(preview).toMatch(/OutputBucket registered replace/);
  await stack.up();
  const all = events(stack, emulator);
  expect(road(all, BINDING)).toEqual([
    `DeleteBinding ${binding('third')}`,
    'delete third',
    'create third',
    `CreateBinding ${binding('third')}`,
  ]);
  expect(road(all, REGISTRATION)).toEqual([
    'UnbindOutputBucket cn-shanghai/third',
    'delete third',
    'create third',
    'BindOutputBucket cn-shanghai/third',
  ]);
  await stack.settled();
});

it('destroys links before the bucket they name, and before what they waited for', async () => {
  await stack.destroy();
  const all = events(stack, emulator);
  const order = (...steps: string[]) => expect(all.filter((event) => steps.includes(event))).toEqual(steps);
  order(`DeleteBinding ${binding('third')}`, 'delete third');
  order('UnbindOutputBucket cn-shanghai/third', 'delete third');
  order('UnbindOutputBucket cn-shanghai/waiting', 'delete policy');
  expect(all).toHaveLength(5);
  expect(emulator.isEmpty()).toBe(true);
});
