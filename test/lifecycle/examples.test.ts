import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { defaultKeys } from '../../emulator/test-key.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { removeExample, stackOfExample } from '../support/cli/example.js';
import type { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { keyPair } from '../support/servers/key-pair.js';

const VIDEOS_ID = 'cn-shanghai/media/videos/oss://media-originals';
const ARCHIVE = keyPair('archive', '2000000000000002');

/** What makes a link, and what removes it. */
const SIGNS = new Map(
  LIFECYCLES.flatMap(({ description: { calls } }) => [
    [calls.make, '+'] as const,
    [calls.remove, '-'] as const,
  ]),
);

let emulator: Emulator;
let stack: Stack | undefined;

beforeEach(async () => {
  emulator = await startEmulator({ keys: [...defaultKeys({}), ARCHIVE] });
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
  const seen = journal.flatMap(({ action, link, code }) => {
    const sign = SIGNS.get(action);
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

/** Whether each of these stands after the one before it. */
function expectInOrder(all: readonly string[], ...some: readonly string[]): void {
  const places = some.map((one) => all.indexOf(one));
  expect(places, all.join('\n')).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

it('examples/media-library makes a project and all in it, takes the uploads out, and removes the rest from the leaves up', async () => {
  const library = 'cn-shanghai/media-library';
  const media = await stackOf('media-library');
  const up = await media.up();
  expect(up).toMatch(/\[0\]: "Active"/);
  const made = changes();
  expectInOrder(made, `+ ${library}`, `+ ${library}/videos`, `+ ${library}/videos/oss://media-originals`);
  expect([...made].sort()).toEqual([
    '+ cn-shanghai/input:media-uploads',
    `+ ${library}`,
    `+ ${library}/videos`,
    `+ ${library}/videos/oss://media-originals`,
    `+ ${library}/videos/oss://media-uploads`,
    '+ cn-shanghai/media-renditions',
  ]);
  await media.settled();
  copyFileSync(join(media.folder, 'step2/index.ts'), join(media.folder, 'index.ts'));
  await media.up();
  expect(changes().sort()).toEqual([
    '- cn-shanghai/input:media-uploads',
    `- ${library}/videos/oss://media-uploads`,
  ]);
  await media.settled();
  await media.destroy();
  const gone = changes();
  expect(gone).toHaveLength(4);
  expect(gone).toContain('- cn-shanghai/media-renditions');
  expectInOrder(gone, `- ${library}/videos/oss://media-originals`, `- ${library}/videos`, `- ${library}`);
  expect(emulator.links()).toEqual([]);
});

it.runIf(IS_WIDE)('examples/two-regions keeps each tree in its own region', async () => {
  const both = await stackOf('two-regions');
  expect(await both.up()).toMatch(/\[1\]: "Active"/);
  const treeOf = (region: string) => [
    `${region}/media-library`,
    `${region}/media-library/videos`,
    `${region}/media-library/videos/oss://originals-${region}`,
    `${region}/renditions-${region}`,
  ];
  expect(emulator.links().sort()).toEqual([...treeOf('cn-beijing'), ...treeOf('cn-shanghai')]);
  await both.settled();
  changes();
  await both.destroy();
  const gone = changes();
  expect([...gone].sort()).toEqual(
    [...treeOf('cn-beijing'), ...treeOf('cn-shanghai')].map((link) => `- ${link}`),
  );
  for (const region of ['cn-beijing', 'cn-shanghai']) {
    const [library, videos, originals] = treeOf(region);
    expectInOrder(gone, `- ${originals}`, `- ${videos}`, `- ${library}`);
  }
  expect(emulator.links()).toEqual([]);
});

it.runIf(IS_WIDE)(
  'examples/many makes a dataset for each entry of the list, and what leaves the list goes alone',
  async () => {
    const entries = [
      { dataset: 'films', buckets: ['reels'] },
      { dataset: 'videos', buckets: ['clips', 'trailers'] },
    ];
    const many = await stackOf('many', { 'many:libraries': JSON.stringify(entries) });
    const library = 'cn-shanghai/media-library';
    await many.up();
    expect(changes().sort()).toEqual([
      `+ ${library}`,
      `+ ${library}/films`,
      `+ ${library}/films/oss://reels`,
      `+ ${library}/videos`,
      `+ ${library}/videos/oss://clips`,
      `+ ${library}/videos/oss://trailers`,
    ]);
    await many.settled();
    await many.succeed('config', 'set', 'libraries', JSON.stringify(entries.slice(1)));
    await many.up();
    expect(changes()).toEqual([`- ${library}/films/oss://reels`, `- ${library}/films`]);
    await many.settled();
    await many.destroy();
    const gone = changes();
    expect(gone.slice(0, 2).sort()).toEqual([
      `- ${library}/videos/oss://clips`,
      `- ${library}/videos/oss://trailers`,
    ]);
    expect(gone.slice(2)).toEqual([`- ${library}/videos`, `- ${library}`]);
    expect(emulator.links()).toEqual([]);
  },
);

it.runIf(IS_WIDE)(
  'examples/second-account keeps each link in its own account, and no key in the state',
  async () => {
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
  },
);

it.runIf(IS_WIDE)(
  'examples/adopt takes over what was made by hand, once it is told to, and then owns it',
  async () => {
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
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
  },
);

it.runIf(IS_WIDE)(
  'examples/teardown-order deletes the binding before its bucket, and makes it again after it',
  async () => {
    const library = 'cn-shanghai/media-library';
    const bound = `${library}/videos/oss://media-originals`;
    const ordered = await stackOf('teardown-order');
    await ordered.up();
    expect(changes()).toEqual([`+ ${library}`, `+ ${library}/videos`, `+ ${bound}`]);

    await ordered.succeed('config', 'set', 'storageClass', 'IA');
    const replaced = await ordered.up();
    expect(changes()).toEqual([`- ${bound}`, `+ ${bound}`]);
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
    const [binding = 0, bucket = 0] = orderOf(
      destroyed,
      /DatasetBinding videos deleted/,
      /Bucket originals deleted/,
    );
    expect(bucket).toBeGreaterThan(binding);
    expect(changes()).toEqual([`- ${bound}`, `- ${library}/videos`, `- ${library}`]);
    expect(emulator.links()).toEqual([]);
  },
);
