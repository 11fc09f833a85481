import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../../live/main.js';
import { QUESTIONS } from '../../live/questions.js';
import { readSettings, SKIPPED } from '../../live/settings.js';
import { answerTo, BUCKET, type LiveWorld, startLiveWorld } from './world.js';

let world: LiveWorld;
beforeEach(async () => {
  world = await startLiveWorld();
});
afterEach(() => world.close());

/** What the emulator holds, containers too. */
function held(): string[] {
  const { emulator } = world;
  const regions = Object.values(emulator.contents().accounts).flatMap((account) => Object.values(account));
  const containers = regions.flatMap(({ projects, datasets }) => [...projects, ...datasets]);
  return [...emulator.bindings(), ...emulator.mediaBuckets()]
    .map(({ link }) => link)
    .concat(containers.map(({ name }) => name));
}

// Here every account variable is removed from the environment, so that no test can ever reach a real account.
it('asks the real cloud', ({ skip }) => skip(SKIPPED));

it('answers every question, says which it did not ask, and removes all it made', async () => {
  const result = await world.run();
  expect(result.failures).toEqual([]);
  expect(result.left).toEqual([]);
  expect(held()).toEqual([]);
  const { answers, source } = result.transcript;
  expect(source).toBe('emulator');
  expect(answerTo(result, '1e')).toBe('another: 1000 ms later');
  expect(answers.map(({ question }) => question).sort()).toEqual(Object.keys(QUESTIONS).sort());
  const open = answers.filter(({ answer }) => answer.startsWith('not asked'));
  // Not more than 100 buckets were named, and the emulator keeps no index entries.
  expect(open.map(({ question }) => question).sort()).toEqual(['4a', '6b']);
});

it('answers what the service does, whatever that is', async () => {
  world.emulator.set({
    unbindUnboundBucket: 'success',
    bindBoundBucket: 'AlreadyBind-409',
    getDeletedBinding: 'ResourceNotFound',
    notFoundWord: 'Binding',
    createExistingBinding: 'returns-existing',
    createReplyTimeOffMs: 0,
    bucketInSeveralDatasets: 'allowed',
    listingEndsAt100: false,
  });
  const many = Array.from({ length: 100 }, (_, index) => `live-more-${index}`);
  const result = await world.run({ ALICLOUD_MEDIA_LIVE_MORE_BUCKETS: many.join(',') });
  expect(result.failures).toEqual([]);
  expect(held()).toEqual([]);
  expect(answerTo(result, '3a')).toBe('success');
  expect(answerTo(result, '3b')).toMatch(/^409 Bucket.AlreadyBind /);
  expect(answerTo(result, '1c')).toBe('ResourceNotFound');
  expect(answerTo(result, '2c')).toContain('Binding');
  expect(answerTo(result, '1a')).toBe('success');
  expect(answerTo(result, '1e')).toBe('the same');
  expect(answerTo(result, '2.2b')).toBe('success');
  expect(answerTo(result, '2.1')).toBe('1 of the first dataset, 1 of the second, 2 rows');
  expect(answerTo(result, '4a')).toBe('yes: 103 rows');
});

it('removes what it made after a failure half-way, and says what failed', async () => {
  world.emulator.deny({ action: 'imm:CreateBinding' });
  const { failures, left, transcript } = await world.run();
  expect(failures).toEqual([expect.stringContaining('CreateBinding was refused: 403')]);
  expect(left).toEqual([]);
  expect(held()).toEqual([]);
  expect(transcript.answers.find(({ question }) => question === '1d')?.answer).toBe(
    'not asked: the run failed before',
  );
});

it('removes what was made by a request whose reply was lost', async () => {
  world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'BindOutputBucket', times: 1 });
  world.emulator.addFault({ kind: 'effect-then-html-502', action: 'CreateDataset', times: 1 });
  expect((await world.run()).left).toEqual([]);
  expect(held()).toEqual([]);
});

it('lists by name what it could not remove', async () => {
  world.emulator.deny({ action: 'imm:DeleteDataset' });
  const { left } = await world.run();
  expect(left.map((line) => line.replace(/-[0-9a-f]{8}/g, '').split(': ')[0])).toEqual([
    'IMM dataset media-live/second in cn-shanghai',
    'IMM dataset media-live/first in cn-shanghai',
    'IMM project media-live in cn-shanghai',
  ]);
});

it('leaves a bucket alone that is registered already', async () => {
  world.emulator.bindOutputBucket(BUCKET);
  const { failures } = await world.run();
  expect(failures).toEqual([`MPS: ${BUCKET}: registered with MPS already. Name buckets that are not.`]);
  expect(held()).toEqual([`cn-shanghai/${BUCKET}`]);
  const unbound = world.emulator.journal().filter(({ action }) => action === 'UnbindOutputBucket');
  expect(unbound).toEqual([]);
});

it('sends nothing without being asked, and nothing with half a setting', () => {
  const { ALICLOUD_MEDIA_LIVE: _, ...unasked } = world.environment;
  expect(readSettings(unasked)).toBeUndefined();
  expect(() => readSettings({ ...world.environment, ALICLOUD_MEDIA_LIVE_BUCKET: '' })).toThrow(
    'ALICLOUD_MEDIA_LIVE_BUCKET must name one OSS bucket',
  );
  // Half of the requests would reach the real cloud.
  expect(() => readSettings({ ...world.environment, MTS_ENDPOINT: '' })).toThrow(
    'Some endpoints are on this machine and some are not.',
  );
});

it('the command says that it is skipped, and refuses this machine as the real cloud', async () => {
  expect(await main([], {})).toBe(0);
  await expect(main([], world.environment)).rejects.toThrow('The endpoints are on this machine');
});
