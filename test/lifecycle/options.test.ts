import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { mutatingCalls } from './calls.js';
import { BUCKET, installBucket } from './parent-bucket.js';

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

const id = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;
const calls = () => mutatingCalls(emulator).sort();
const bindings = () => emulator.bindings().map(({ bucket }) => bucket);
const buckets = () => emulator.mediaBuckets().map(({ bucket }) => bucket);

interface Variant {
  /** Binding and bucket of this name are in the program. */
  readonly retained?: boolean;
  readonly targeted?: boolean;
  readonly ignoredUri?: string;
  readonly timeout?: string;
}

function program({ retained = true, targeted = true, ignoredUri = 'ignored', timeout = '5m' }: Variant) {
  const binding = (name: string, options: string, uri = name) =>
    `new imm.DatasetBinding('${name}', { projectName: 'media', datasetName: 'videos', uri: 'oss://${uri}' }, ${options});`;
  const bucket = (name: string, options: string) =>
    `new mps.OutputBucket('${name}', { bucket: '${name}' }, ${options});`;
  return [
    BUCKET,
    `const parent = new Bucket('parent', { bucket: 'parent' });`,
    binding('protected', '{ protect: true }'),
    bucket('protected', '{ protect: true }'),
    retained && binding('retained', '{ retainOnDelete: true }'),
    retained && bucket('retained', '{ retainOnDelete: true }'),
    targeted && binding('targeted', '{}'),
    targeted && bucket('targeted', '{}'),
    binding('deleted-with', '{ deletedWith: parent }'),
    bucket('deleted-with', '{ deletedWith: parent }'),
    binding('ignored', `{ ignoreChanges: ['uri'] }`, ignoredUri),
    binding('replaced', `{ replaceOnChanges: ['customTimeouts'], customTimeouts: { delete: '${timeout}' } }`),
    bucket('replaced', `{ replaceOnChanges: ['customTimeouts'], customTimeouts: { delete: '${timeout}' } }`),
  ]
    .filter(Boolean)
    .join('\n');
}

it('makes links with every option, and has nothing left to do', async () => {
  stack.write(program({}));
  await stack.up();
  expect(calls()).toHaveLength(11);
  await stack.settled();
  expect(calls()).toEqual([]);
});

it('keeps what is ignored, replaces what replaceOnChanges names delete-first, and retains what left the program', async () => {
  stack.write(program({ retained: false, ignoredUri: 'another', timeout: '6m' }));
  await stack.up();
  // The emulator refuses a re-create for a moment, so the create may come more than once.
  const sent = [...new Set(mutatingCalls(emulator).map((call) => call.replace(' StatusConflict', '')))];
  expect(sent.filter((call) => call.includes('oss://'))).toEqual([
    `DeleteBinding ${id('replaced')}`,
    `CreateBinding ${id('replaced')}`,
  ]);
  expect(sent.filter((call) => !call.includes('oss://'))).toEqual([
    'UnbindOutputBucket cn-shanghai/replaced',
    'BindOutputBucket cn-shanghai/replaced',
  ]);
  expect(bindings()).toEqual(expect.arrayContaining(['ignored', 'retained']));
  expect(buckets()).toContain('retained');
  await stack.settled();
  expect(calls()).toEqual([]);
});

it('replaces a link that the command line names, delete-first', async () => {
  const { urn = '' } = (await stack.links()).find((link) => link.id === 'cn-shanghai/replaced') ?? {};
  await stack.up('--replace', urn);
  expect(mutatingCalls(emulator)).toEqual([
    'UnbindOutputBucket cn-shanghai/replaced',
    'BindOutputBucket cn-shanghai/replaced',
  ]);
});

it('deletes only the target', async () => {
  const { urn = '' } = (await stack.links()).find((link) => link.id === id('targeted')) ?? {};
  await stack.destroy('--target', urn);
  expect(calls()).toEqual([`DeleteBinding ${id('targeted')}`]);
  stack.write(program({ retained: false, targeted: false, ignoredUri: 'another', timeout: '6m' }));
  await stack.up();
  expect(calls()).toEqual(['UnbindOutputBucket cn-shanghai/targeted']);
  await stack.settled();
});

it('sends nothing for what is protected or deleted with its parent, until the protection is taken back', async () => {
  const refused = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(refused).toMatch(/DatasetBinding::protected" cannot be deleted\n?.*protect/s);
  expect(calls()).toEqual([
    `DeleteBinding ${id('ignored')}`,
    `DeleteBinding ${id('replaced')}`,
    'UnbindOutputBucket cn-shanghai/replaced',
  ]);
  expect((await stack.links()).map((link) => link.id).sort()).toEqual([
    id('protected'),
    'cn-shanghai/protected',
  ]);

  await stack.succeed('state', 'unprotect', '--all', '--yes');
  await stack.destroy();
  expect(calls()).toEqual([`DeleteBinding ${id('protected')}`, 'UnbindOutputBucket cn-shanghai/protected']);
  expect(await stack.links()).toEqual([]);

  // What nobody was told to delete is there still.
  expect(bindings().sort()).toEqual(['deleted-with', 'retained']);
  expect(buckets().sort()).toEqual(['deleted-with', 'retained']);
});
