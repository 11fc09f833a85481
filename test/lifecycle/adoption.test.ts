import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { linkRequests, mutatingCalls } from './calls.js';

const BINDING = 'cn-shanghai/media/videos/oss://originals';
const BUCKET = 'cn-shanghai/renditions';
const NOBODYS = ['cn-shanghai/media/videos/oss://nobodys', 'cn-shanghai/nobodys'];
const CREATED = String.raw`\(created \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\)`;
const UP = ['up', '--yes', '--skip-preview', '--continue-on-error'];

let emulator: Emulator;
let owner: Stack;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createBinding(NOBODYS[0] ?? '');
  emulator.bindOutputBucket('nobodys');
  stack = await Stack.make({ emulator, program: program(''), resident: true });
});
afterAll(async () => {
  owner?.remove();
  stack?.remove();
  await emulator.close();
});

function program(more: string): string {
  return `
new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals'${more} });
new mps.OutputBucket('renditions', { bucket: 'renditions'${more} });`;
}

const links = () => [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link).sort();

/** What a run says of its takeovers; the engine repeats below this heading what it showed while it ran. */
function takeovers(text: string): string[] {
  return text.slice(text.indexOf('Diagnostics:')).match(/^.*took it over.*$/gm) ?? [];
}

/** The value of ALICLOUD_MEDIA_ADOPT in the line that an error prints for this id, as a shell reads it. */
function assignedBy(text: string, id: string): string {
  const line = text.match(/^\s*ALICLOUD_MEDIA_ADOPT=.*$/gm)?.find((one) => one.includes(id)) ?? '';
  return execFileSync('sh', ['-c', `${line.trim()}; printf %s "$ALICLOUD_MEDIA_ADOPT"`], {
    encoding: 'utf8',
  });
}

it.runIf(IS_WIDE)('refuses links that another stack owns, and leaves them to its destroy', async () => {
  owner = await Stack.make({ emulator, program: program(''), resident: true });
  await owner.up();
  mutatingCalls(emulator);

  const text = await stack.fail(UP);
  for (const link of [`imm.DatasetBinding ${BINDING}`, `mps.OutputBucket ${BUCKET}`]) {
    expect(text).toContain(`cannot create ${link}: it exists already`);
  }
  expect(await stack.links()).toEqual([]);
  await stack.destroy();
  expect(mutatingCalls(emulator)).toEqual([]);
  await owner.settled();

  await owner.destroy();
  expect(mutatingCalls(emulator).sort()).toEqual([
    `DeleteBinding ${BINDING}`,
    `UnbindOutputBucket ${BUCKET}`,
  ]);
  expect(links()).toEqual(NOBODYS);
});

it('takes over exactly the link that ALICLOUD_MEDIA_ADOPT names for one run, and stores nothing of it', async () => {
  emulator.createBinding(BINDING);
  emulator.bindOutputBucket('renditions');
  const refused = await stack.fail(UP);
  expect(refused).toMatch(
    new RegExp(`originals: it exists already ${CREATED}, and nothing says that this resource may have it`),
  );
  expect(assignedBy(refused, BINDING)).toBe(BINDING);

  const first = await stack.fail(UP, { ALICLOUD_MEDIA_ADOPT: assignedBy(refused, BINDING) });
  expect(takeovers(first)).toEqual([
    expect.stringMatching(
      new RegExp(`imm.DatasetBinding ${BINDING}: took it over ${CREATED}, account \\d+\\.$`),
    ),
  ]);
  expect(first).toContain(`cannot create mps.OutputBucket ${BUCKET}: it exists already`);

  const file = join(stack.folder, 'adopt');
  writeFileSync(file, `${NOBODYS[1]}\n${assignedBy(first, BUCKET)}\n`);
  const { code, text: second } = await stack.run(UP, { ALICLOUD_MEDIA_ADOPT: `@${file}` });
  expect(code, second).toBe(0);
  expect(takeovers(second)).toEqual([
    expect.stringMatching(new RegExp(`mps.OutputBucket ${BUCKET}: took it over, account \\d+\\.$`)),
  ]);

  expect(await stack.exported()).not.toMatch(/adopt/i);
  await stack.settled();
  expect(mutatingCalls(emulator)).toEqual([]);
  await stack.destroy();
  expect(mutatingCalls(emulator).sort()).toEqual([
    `DeleteBinding ${BINDING}`,
    `UnbindOutputBucket ${BUCKET}`,
  ]);
  expect(links()).toEqual(NOBODYS);
});

it.runIf(IS_WIDE)(
  'names what is no id in ALICLOUD_MEDIA_ADOPT, and a file that is missing, before any request',
  async () => {
    emulator.clearJournal();
    const wrong = await stack.fail(UP, { ALICLOUD_MEDIA_ADOPT: `${BUCKET},all` });
    expect(wrong).toContain('ALICLOUD_MEDIA_ADOPT: "all" is no id of a resource. Name each by its id');
    const missing = await stack.fail(UP, { ALICLOUD_MEDIA_ADOPT: '@missing' });
    expect(missing).toContain('ALICLOUD_MEDIA_ADOPT: the file "missing" cannot be read (ENOENT).');
    expect(emulator.journal()).toEqual([]);
  },
);

it.runIf(IS_WIDE)(
  'takes over with adopt: true; dropping it is an update that sends nothing about a link, and a refresh does not bring it back',
  async () => {
    emulator.createBinding(BINDING);
    emulator.bindOutputBucket('renditions');
    stack.write(program(', adopt: true'));
    expect(takeovers(await stack.up())).toHaveLength(2);
    expect(links()).toEqual([BINDING, BUCKET, ...NOBODYS].sort());
    await stack.settled();

    stack.write(program(''));
    emulator.clearJournal();
    expect(await stack.up()).toMatch(/~ 2 updated/);
    expect(linkRequests(emulator)).toEqual([]);
    expect(await stack.exported()).not.toMatch(/"adopt"/);
    await stack.refresh();
    expect(await stack.exported()).not.toMatch(/"adopt"/);
    await stack.settled();
    expect(mutatingCalls(emulator)).toEqual([]);
    await stack.destroy();
    expect(links()).toEqual(NOBODYS);
  },
);
