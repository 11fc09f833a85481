import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { defaultKeys } from '../../emulator/test-key.js';
import { removeExample, stackOfExample } from '../example.js';
import { keyPair } from '../key-pair.js';
import type { Stack } from '../stack.js';

const VIDEOS_ID = 'cn-shanghai/media/videos/oss://media-originals';
const ARCHIVE = keyPair('archive', '2000000000000002');

let emulator: Emulator;
let stack: Stack | undefined;

beforeEach(async () => {
  emulator = await startEmulator({ keys: [...defaultKeys({}), ARCHIVE] });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});
afterEach(async () => {
  if (stack) removeExample(stack);
  stack = undefined;
  await emulator.close();
});

async function stackOf(example: string, config: Record<string, string> = {}): Promise<Stack> {
  stack = await stackOfExample(emulator, example, config);
  return stack;
}

/** The links that were made (+) and removed (-), in this order, since the last look. */
function changes(): string[] {
  const journal = emulator.journal();
  const signs: Record<string, string> = {
    CreateBinding: '+',
    BindOutputBucket: '+',
    DeleteBinding: '-',
    UnbindOutputBucket: '-',
  };
  const seen = journal.flatMap(({ action, link, code }) => {
    const sign = signs[action];
    return sign && !code ? [`${sign} ${link}`] : [];
  });
  emulator.clearJournal();
  return seen;
}

/** The engine prints a line when a step begins and one when it ends. */
function orderOf(text: string, ...steps: RegExp[]): number[] {
  return steps.map((step) => {
    const place = text.search(step);
    expect(place, `${step} in\n${text}`).toBeGreaterThan(-1);
    return place;
  });
}

it('examples/media-stack makes its three links and takes them away again', async () => {
  const media = await stackOf('media-stack');
  const up = await media.up();
  expect(up).toMatch(/bindingStatus: "Active"/);
  expect(changes().sort()).toEqual([
    '+ cn-shanghai/media-renditions',
    '+ cn-shanghai/media-thumbnails',
    `+ ${VIDEOS_ID}`,
  ]);
  await media.settled();
  await media.destroy();
  expect(changes().sort()).toEqual([
    '- cn-shanghai/media-renditions',
    '- cn-shanghai/media-thumbnails',
    `- ${VIDEOS_ID}`,
  ]);
  expect(emulator.isEmpty()).toBe(true);
});

it('examples/second-account keeps each link in its own account, and no key in the state', async () => {
  const second = await stackOf('second-account', { archiveAccountId: ARCHIVE.account });
  const file = second.environment.ALIBABA_CLOUD_CREDENTIALS_FILE ?? '';
  writeFileSync(
    file,
    JSON.stringify({
      current: 'archive',
      profiles: [
        {
          name: 'archive',
          mode: 'AK',
          access_key_id: ARCHIVE.accessKeyId,
          access_key_secret: ARCHIVE.accessKeySecret,
        },
      ],
    }),
  );

  const up = await second.up();
  expect(up).toContain(`account       : "${TEST_ACCOUNT_ID}"`);
  expect(up).toContain(`archiveAccount: "${ARCHIVE.account}"`);
  const buckets = (account: string) => emulator.mediaBuckets(account).map(({ bucket }) => bucket);
  expect(buckets(TEST_ACCOUNT_ID)).toEqual(['media-renditions']);
  expect(buckets(ARCHIVE.account)).toEqual(['media-copies']);
  await second.settled();
  const state = await second.exported();
  for (const key of [ARCHIVE.accessKeyId, ARCHIVE.accessKeySecret]) expect(state).not.toContain(key);

  await second.destroy();
  expect(emulator.isEmpty()).toBe(true);
  expect(second.printed).not.toContain(ARCHIVE.accessKeySecret);
});

it('examples/adopt takes over what was made by hand, once it is told to, and then owns it', async () => {
  emulator.createBinding(VIDEOS_ID);
  emulator.bindOutputBucket('media-renditions');
  const adopting = await stackOf('adopt');

  const refused = await adopting.fail(['up', '--yes', '--skip-preview']);
  expect(refused).toMatch(/it exists already .*, and nothing says that this resource may have it/);
  const [, ids] = /^\s+ALICLOUD_MEDIA_ADOPT='([^']+)'$/m.exec(refused) ?? [];
  expect(ids).toBe(VIDEOS_ID);

  const { code, text } = await adopting.run(['up', '--yes', '--skip-preview'], {
    ALICLOUD_MEDIA_ADOPT: ids,
  });
  expect(code, text).toBe(0);
  expect(adopting.printed).toMatch(/mps\.OutputBucket cn-shanghai\/media-renditions: took it over/);
  expect(text).toMatch(/imm\.DatasetBinding .*: took it over \(created \d{4}-/);
  // Nothing was made, and the variable is in no state: from here on the links are the stack's.
  expect(changes()).toEqual([]);
  await adopting.settled();
  await adopting.destroy();
  expect(changes().sort()).toEqual(['- cn-shanghai/media-renditions', `- ${VIDEOS_ID}`]);
  expect(emulator.isEmpty()).toBe(true);
});

it('examples/teardown-order deletes the binding before its bucket, and makes it again after it', async () => {
  const ordered = await stackOf('teardown-order');
  await ordered.up();
  expect(changes()).toEqual([`+ ${VIDEOS_ID}`]);

  await ordered.succeed('config', 'set', 'storageClass', 'IA');
  const replaced = await ordered.up();
  expect(changes()).toEqual([`- ${VIDEOS_ID}`, `+ ${VIDEOS_ID}`]);
  const steps = orderOf(
    replaced,
    /DatasetBinding videos deleted original/,
    /stand-in:Bucket originals deleted original/,
    /stand-in:Bucket originals created replacement/,
    /DatasetBinding videos created replacement/,
  );
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  await ordered.settled();

  const destroyed = await ordered.destroy();
  const [binding = 0, ...parents] = orderOf(
    destroyed,
    /DatasetBinding videos deleted/,
    /Bucket originals deleted/,
    /Dataset videos deleted/,
  );
  expect(Math.min(...parents)).toBeGreaterThan(binding);
  expect(changes()).toEqual([`- ${VIDEOS_ID}`]);
  expect(emulator.isEmpty()).toBe(true);
});
