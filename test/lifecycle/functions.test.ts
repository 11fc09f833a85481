import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { linkRequests, mutatingCalls } from './calls.js';

const FIRST = {
  accessKeyId: TEST_ACCESS_KEY_ID,
  accessKeySecret: TEST_ACCESS_KEY_SECRET,
  account: TEST_ACCOUNT_ID,
};
const SECOND = {
  accessKeyId: 'second-test-key-id',
  accessKeySecret: 'second-test-key-secret',
  account: '1000000000000002',
};
const THEIRS = { project: 'media', dataset: 'videos', bucket: 'theirs' };
let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 0, keys: [FIRST, SECOND] });
  for (const { account } of [FIRST, SECOND]) {
    emulator.createProject('media', { account });
    emulator.createDataset('media', 'videos', { account });
  }
  stack = await Stack.make({ emulator, program: '', resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

const id = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;
const args = (bucket: string) => `{ projectName: 'media', datasetName: 'videos', uri: 'oss://${bucket}' }`;
const MADE = `
const made = new imm.DatasetBinding('made', ${args('made')});
const { projectName, datasetName, uri, createTime } = made;
exports.live = imm.getDatasetBinding({ projectName, datasetName, uri });
exports.later = imm.getDatasetBinding({ projectName, datasetName, uri: createTime.apply(() => 'oss://made') }).state;
const second = new Provider('second', {
  region: 'cn-shanghai',
  accessKey: '${SECOND.accessKeyId}',
  secretKey: '${SECOND.accessKeySecret}',
});
exports.elsewhere = imm.getDatasetBinding(${args('theirs')}, { provider: second });
`;
/** What a library of components does that has a copy of the package of its own. */
const SECOND_COPY = `
const copied = new (require('second-copy').Provider)('copied', {
  region: 'cn-shanghai',
  accessKey: '${SECOND.accessKeyId}',
  secretKey: '${SECOND.accessKeySecret}',
});
const component = new pulumi.ComponentResource('test:index:Component', 'component', {}, { providers: [copied] });
const child = new pulumi.ComponentResource('test:index:Component', 'child', {}, { parent: component });
exports.copied = [{ provider: copied }, { parent: component }, { parent: child }].map(
  (options) => imm.getDatasetBinding(${args('theirs')}, options).state,
);
`;
const GOT_BINDING = `
const binding = imm.DatasetBinding.get('binding', '${id('theirs')}');
exports.binding = { status: binding.status, uri: binding.uri, accountId: binding.accountId };
`;
const GOT_BUCKET = `
exports.bucket = mps.OutputBucket.get('bucket', 'cn-shanghai/theirs').bucket;
`;
const LISTED = `
exports.datasets = imm.getProject({ projectName: 'media', withStatistics: true }).datasetCount;
exports.bindings = imm.getDatasetBindings({ projectName: 'media' }).bindings.apply((rows) => rows.map(({ uri }) => uri));
exports.buckets = mps.getMediaBuckets();
`;

function installSecondCopy(): void {
  const root = resolve(__dirname, '../..');
  const folder = join(stack.folder, 'node_modules/second-copy');
  for (const part of ['dist/provider', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
}

it('refuses the option import and says what to do instead', async () => {
  stack.write(`new imm.DatasetBinding('imported', ${args('made')}, { import: '${id('made')}' });`);
  const text = await stack.fail(['preview']);
  expect(text).toMatch(/error: imm\.DatasetBinding 'imported': .* leave it out and set adopt: true\./);
  expect(text).not.toMatch(/\n\s+at /);
  expect(emulator.journal()).toEqual([]);
});

it('asks for nothing in a preview that is to make the binding, and asks as the provider that is given or inherited', async () => {
  emulator.createBinding({ ...THEIRS, account: SECOND.account });
  emulator.stopBinding({ ...THEIRS, account: SECOND.account });
  installSecondCopy();
  stack.write(MADE + SECOND_COPY);
  const preview = await stack.succeed('preview');
  expect(preview).toMatch(/later +: \[unknown\]/);
  expect(preview).toMatch(/live +: \[unknown\]/);
  const asked = emulator.journal().filter(({ service }) => service === 'imm');
  expect(asked.map(({ action, link, account }) => [action, link, account])).toEqual(
    Array(4).fill(['GetBinding', id('theirs'), SECOND.account]),
  );
  // All calls of one configuration are one session.
  expect(emulator.journal().filter(({ action }) => action === 'GetCallerIdentity')).toHaveLength(1);
  emulator.clearJournal();
});

it('gives the live state, phase and reason as outputs of the stack', async () => {
  await stack.up();
  const { live, later, elsewhere } = await stack.outputs();
  const createTime = expect.stringMatching(/^\d{4}-.*\+08:00$/);
  expect(live).toEqual({
    id: id('made'),
    state: 'Running',
    phase: 'IncrementalScanning',
    reason: '',
    createTime,
  });
  expect(later).toBe('Running');
  expect(elsewhere).toMatchObject({ id: id('theirs'), state: 'Stopped', reason: 'pause usage' });
  expect(mutatingCalls(emulator)).toEqual([`CreateBinding ${id('made')}`]);
  await stack.settled();
});

it.runIf(IS_WIDE)('gets links that are in no stack, and keeps no mark of it', async () => {
  emulator.createBinding(THEIRS);
  emulator.bindOutputBucket('theirs');
  stack.write(MADE + GOT_BINDING + GOT_BUCKET + LISTED);
  await stack.up();
  expect(await stack.outputs()).toMatchObject({
    binding: { status: 'Active', uri: 'oss://theirs', accountId: TEST_ACCOUNT_ID },
    bucket: 'theirs',
    datasets: '1',
    bindings: ['oss://made', 'oss://theirs'],
    buckets: { buckets: [{ bucket: 'theirs', type: 'Output' }], mayBeCut: false },
  });
  // A refresh is given the outputs; with the mark in them it would take a link that has vanished for a failed get.
  const outputs = (await stack.links()).map((link) => Object.keys(link.outputs));
  expect(outputs).toHaveLength(3);
  expect(outputs.flat()).not.toContain('__get');
  await stack.settled();
  expect(mutatingCalls(emulator)).toEqual([]);
});

it.runIf(IS_WIDE).each([
  ['getDatasetBinding', `imm.getDatasetBinding(${args('missing')})`, `imm.DatasetBinding ${id('missing')}`],
  [
    'DatasetBinding.get',
    `imm.DatasetBinding.get('x', '${id('missing')}')`,
    `imm.DatasetBinding ${id('missing')}`,
  ],
  [
    'OutputBucket.get',
    `mps.OutputBucket.get('x', 'cn-shanghai/missing')`,
    'mps.OutputBucket cn-shanghai/missing',
  ],
])('fails %s of what does not exist', async (_, call, title) => {
  stack.write(`${MADE}${GOT_BINDING}${GOT_BUCKET}exports.missing = ${call};`);
  const text = await stack.fail(['preview']);
  expect(text).toContain(`cannot read ${title}: it does not exist.`);
  expect(text).not.toMatch(/\n\s+at /);
});

it.runIf(IS_WIDE)(
  'goes on refreshing when a link that was got has vanished, and never deletes one',
  async () => {
    emulator.deleteBinding(THEIRS);
    emulator.clearJournal();
    await stack.refresh();
    // Two reads of one dataset may ride one listing.
    expect(linkRequests(emulator).join()).toMatch(
      /GetBinding cn-shanghai\/media\/videos\/oss:\/\/made|ListBindings/,
    );
    expect((await stack.links()).map((link) => link.id).sort()).toEqual([id('made'), 'cn-shanghai/theirs']);

    stack.write(MADE + GOT_BUCKET);
    await stack.settled();
    await stack.destroy();
    expect(mutatingCalls(emulator)).toEqual([`DeleteBinding ${id('made')}`]);
    expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual(['theirs']);
  },
);
