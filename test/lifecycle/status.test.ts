import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { mutatingCalls } from './calls.js';

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({ emulator, program: '', resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

const id = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;
const title = (bucket: string) => `imm.DatasetBinding ${id(bucket)}`;
const binding = (bucket: string) =>
  `new imm.DatasetBinding('${bucket}', { projectName: 'media', datasetName: 'videos', uri: 'oss://${bucket}' });`;
const LASTING = [
  ...['broken', 'paused', 'removed', 'taken'].map(binding),
  `new mps.OutputBucket('dropped', { bucket: 'dropped' });`,
];

async function statusOf(bucket: string) {
  const { outputs } = (await stack.links()).find((link) => link.id === id(bucket)) ?? {};
  return [outputs?.status, outputs?.failedReason];
}

/** The mutating calls; a create that is refused because the delete was a moment ago comes again, so it counts once. */
function calls(): string[] {
  return [...new Set(mutatingCalls(emulator).map((call) => call.replace(' StatusConflict', '')))];
}

it('keeps a binding that failed, with the reason of the service', async () => {
  const reason = 'start oss tunnel failed';
  emulator.setBucketRules(
    ['broken', 'doomed'].map((bucketContains) => ({ bucketContains, outcome: 'Failed', reason })),
  );
  stack.write([...LASTING, binding('doomed')].join('\n'));
  const text = await stack.fail(['up', '--yes', '--skip-preview']);
  for (const bucket of ['broken', 'doomed']) {
    expect(text).toContain(
      `cannot create ${title(bucket)}: the service made it and says State Failed: start oss tunnel failed. ` +
        'Mend the cause; the next `pulumi up` replaces it.',
    );
    expect(await statusOf(bucket)).toEqual(['Failed', 'start oss tunnel failed']);
  }
});

it('replaces it with the next up, the old one first, or deletes it where it left the program', async () => {
  emulator.setBucketRules([]);
  emulator.clearJournal();
  stack.write(LASTING.join('\n'));
  await stack.up();
  const all = calls();
  expect(all.filter((call) => call.includes('broken'))).toEqual([
    `DeleteBinding ${id('broken')}`,
    `CreateBinding ${id('broken')}`,
  ]);
  expect(all.filter((call) => !call.includes('broken'))).toEqual([`DeleteBinding ${id('doomed')}`]);
  expect(await statusOf('broken')).toEqual(['Active', undefined]);
  await stack.settled();
});

it('says in a refresh that a binding was stopped, and replaces nothing because of it', async () => {
  emulator.stopBinding(id('paused'), 'pause usage');
  const text = await stack.refresh('--diff');
  expect(text).toContain(
    `warning: ${title('paused')}: status was Active and is Stopped (State Stopped, reason: pause usage).`,
  );
  expect(text).toMatch(/~ status +: "Active" => "Stopped"/);
  expect(await statusOf('paused')).toEqual(['Stopped', undefined]);
  await stack.settled();
  expect(calls()).toEqual([]);
});

it('makes again what was removed behind its back, and replaces what a refresh found Failed', async () => {
  emulator.deleteBinding(id('removed'));
  emulator.unbindOutputBucket('dropped');
  emulator.failBinding(id('paused'), 'service role is gone');
  const preview = await stack.succeed('preview', '--refresh', '--diff');
  expect(preview).toContain(
    `warning: ${title('paused')}: status was Stopped and is Failed (State Failed, reason: service role is gone).`,
  );
  expect(preview).toMatch(/\+ 2 to create\s+\+-1 to replace/);
  for (const gone of ['DatasetBinding::removed', 'OutputBucket::dropped']) {
    expect(preview).toMatch(new RegExp(`\\(create\\)\\s+\\[urn=\\S+${gone}\\]`));
  }
  expect(calls()).toEqual([]);

  await stack.up('--refresh');
  expect(calls().sort()).toEqual([
    'BindOutputBucket cn-shanghai/dropped',
    `CreateBinding ${id('paused')}`,
    `CreateBinding ${id('removed')}`,
    `DeleteBinding ${id('paused')}`,
  ]);
  expect(await statusOf('paused')).toEqual(['Active', undefined]);
  await stack.settled();
});

it('leaves alone what somebody else made under the same name', async () => {
  emulator.deleteBinding(id('taken'));
  emulator.createBinding(id('taken'));
  emulator.failBinding(id('broken'), 'start oss tunnel failed');
  const gone = new RegExp(
    `${title('taken')}: gone\\. The one of this stack was created \\S+; one of the same name was created \\S+ by somebody else\\. It is not in this stack\\.`,
  );
  expect(await stack.succeed('preview', '--refresh')).toMatch(gone);

  const text = await stack.destroy();
  expect(text).toMatch(/warning: .*oss:\/\/taken: already gone\. .* That one was left alone\./);
  expect(calls().sort()).toEqual([
    `DeleteBinding ${id('broken')}`,
    `DeleteBinding ${id('paused')}`,
    `DeleteBinding ${id('removed')}`,
    'UnbindOutputBucket cn-shanghai/dropped',
  ]);
  expect(emulator.bindings().map(({ link }) => link)).toEqual([id('taken')]);
  expect(emulator.mediaBuckets()).toEqual([]);
  expect(await stack.links()).toEqual([]);
});
