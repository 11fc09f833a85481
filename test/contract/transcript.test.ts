import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../../live/questions.js';
import { type Exchange, type Transcript, transcript } from '../../live/transcript.js';
import { errorOf } from '../../provider/alicloud/answers/error-codes.js';
import {
  DeniedError,
  ExistsError,
  NotFoundError,
  type ServiceError,
  ThrottledError,
  TransientError,
  UnknownCodeError,
} from '../../provider/alicloud/answers/errors.js';
import { datasetBinding } from '../../provider/imm/dataset-binding/dataset-binding.js';
import { LinkExistsError, ParentMissingError } from '../../provider/lifecycle/failures.js';
import { outputBucket } from '../../provider/mps/output-bucket.js';
import { leaksIn } from '../live/leaks.js';
import { Replay } from '../live/replay.js';
import { startLiveWorld } from '../live/world.js';
import { within } from '../support/lifecycle/within.js';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'test/transcripts');
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

const BINDING = {
  region: 'cn-shanghai',
  projectName: 'project',
  datasetName: 'dataset',
  uri: 'oss://bucket',
};
const BUCKET = { region: 'cn-shanghai', bucket: 'bucket' };
/** The requests that the provider sends, and whether it looks where a code is not in its table. */
const LOOKS: Readonly<Record<string, boolean>> = {
  CreateBinding: false,
  GetBinding: false,
  ListBindings: false,
  DeleteBinding: true,
  BindOutputBucket: false,
  UnbindOutputBucket: true,
  ListAllMediaBucket: false,
};

let fromEmulator: unknown;
beforeAll(async () => {
  const world = await startLiveWorld();
  try {
    fromEmulator = JSON.parse(JSON.stringify((await world.run()).transcript));
  } finally {
    await world.close();
  }
});

const RECORDED: readonly (readonly [string, () => unknown])[] = [
  ['made of the emulator now', () => fromEmulator],
  ...FILES.map((file) => [file, () => read(file)] as const),
];

describe.each(RECORDED)('the transcript %s', (_, load) => {
  let replay: Replay | undefined;
  afterEach(async () => {
    await replay?.close();
    replay = undefined;
  });

  const parsed = (): Transcript => v.parse(transcript, load());
  const last = (question: Question, probe: string, action: string): Exchange | undefined =>
    parsed().exchanges.findLast(
      (entry) => entry.question === question && entry.probe === probe && entry.action === action,
    );
  const answering = async (...replies: (Exchange | undefined)[]) => {
    replay = await Replay.start(replies);
    return replay;
  };

  it('holds what may be written and nothing that looks like a credential', () => {
    expect(leaksIn(parsed())).toEqual([]);
  });

  it('holds no code that the provider cannot read', () => {
    const unknown = parsed().exchanges.filter(({ service, action, reply }) => {
      if (reply.code === undefined || LOOKS[action] !== false || reply.status === 0) return false;
      const error = errorOf({ service, action, code: reply.code, text: reply.message ?? '' });
      return error instanceof UnknownCodeError;
    });
    expect(unknown).toEqual([]);
  });

  it.each<[Question, string, string, (abstract new (...args: never[]) => Error)[]]>([
    ['5a', 'a user without permission', 'GetBinding', [DeniedError]],
    ['5b', 'a user without permission', 'ListAllMediaBucket', [DeniedError]],
    ['5c', 'above the limit', 'ListBindings', [ThrottledError, TransientError]],
    ['5d', 'above the limit', 'ListAllMediaBucket', [ThrottledError, TransientError]],
    ['2a', 'a missing project', 'GetBinding', [NotFoundError]],
    ['2b', 'a missing dataset', 'GetBinding', [NotFoundError]],
    ['1a', 'a pair that is bound', 'CreateBinding', [ExistsError]],
    ['3b', 'a bucket that is registered', 'BindOutputBucket', [ExistsError]],
  ])(
    'question %s: the wire reads the reply to "%s" of %s as what it is',
    async (question, probe, action, classes) => {
      const exchange = last(question, probe, action);
      // Not asked, or the service took it.
      if (exchange?.reply.code === undefined) return;
      const { wire } = await answering(exchange);
      const { service, reply } = exchange;
      const error = await wire
        .send({ service, region: 'cn-shanghai', action, params: {} }, within(5), 1)
        .catch((thrown: ServiceError) => thrown);
      expect(
        classes.some((expected) => error instanceof expected),
        String(error),
      ).toBe(true);
      expect(error).toMatchObject({ code: reply.code, status: reply.status });
    },
  );

  it('reads a missing binding as gone and its delete as done', async () => {
    const { operation } = await bound(
      last('2c', 'a missing binding', 'GetBinding'),
      last('2c', 'a missing binding', 'ListBindings'),
    );
    // It is seen to be missing, so nothing is sent that removes.
    await datasetBinding.delete(BINDING, operation('delete'));
    expect(replay?.received).toEqual(['ListBindings', 'GetBinding']);
    expect(await datasetBinding.read(BINDING, {}, operation('read'))).toBeUndefined();
  });

  it('reads a binding that was just deleted as gone', async () => {
    const { operation } = await bound(
      last('1c', 'a pair just deleted', 'GetBinding'),
      last('1c', 'a pair just deleted', 'ListBindings'),
    );
    expect(await datasetBinding.read(BINDING, {}, operation('read'))).toBeUndefined();
  });

  it('reads a binding that is there as one that another owns', async () => {
    const { operation } = await bound(last('2.2a', 'a pair that is bound', 'ListBindings'));
    await expect(datasetBinding.create(BINDING, operation('create'))).rejects.toThrow(LinkExistsError);
    // Looked at again before anybody is refused: what many share may be a moment old.
    expect(replay?.received).toEqual(['ListBindings', 'ListBindings']);
  });

  it.each(['project', 'dataset'] as const)(
    'never reads a missing %s as a missing binding',
    async (missing) => {
      const question = missing === 'project' ? '2a' : '2b';
      const { operation } = await bound(
        last(question, `a missing ${missing}`, 'GetBinding'),
        last(question, `a missing ${missing}`, 'ListBindings'),
      );
      await expect(datasetBinding.read(BINDING, {}, operation('read'))).rejects.toThrow(ParentMissingError);
    },
  );

  it('reads the delete of a bucket that is not registered as done', async () => {
    const { operation } = await bound(
      last('3a', 'a bucket that is not registered', 'UnbindOutputBucket'),
      last('3a', 'a bucket that is not registered', 'ListAllMediaBucket'),
    );
    await outputBucket.delete(BUCKET, operation('delete'));
    expect(replay?.received[0]).toBe('UnbindOutputBucket');
  });

  it('reads a bucket that is registered as one that another owns', async () => {
    const { operation } = await bound(last('3b', 'a bucket that is registered', 'ListAllMediaBucket'));
    await expect(outputBucket.create(BUCKET, operation('create'))).rejects.toThrow(LinkExistsError);
    expect(replay?.received).toEqual(['ListAllMediaBucket', 'ListAllMediaBucket']);
  });

  async function bound(...replies: (Exchange | undefined)[]) {
    const started = await answering(...replies);
    return { operation: started.operation.bind(started) };
  }
});

it.each([
  `LTAI${'x'.repeat(16)}`,
  `STS.${'x'.repeat(16)}`,
  'AccessKeyId=emulator-test-key-id',
  'of account 1000000000000001',
  'c2VjcmV0'.repeat(5),
])('a transcript with %s is refused', (text) => {
  expect(leaksIn({ exchanges: [{ reply: { message: `Denied: ${text}` } }] })).not.toEqual([]);
});

it('README says "never run against the real service" until a live transcript is kept, and the version is 0.x', () => {
  const live = FILES.some((file) => v.parse(transcript, read(file)).source === 'live');
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(readme.includes('never run against the real service')).toBe(!live);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  if (!live) expect(version).toMatch(/^0\./);
  // What the emulator answers was not seen live.
  expect(FILES.filter((file) => v.parse(transcript, read(file)).source !== 'live')).toEqual([]);
});
