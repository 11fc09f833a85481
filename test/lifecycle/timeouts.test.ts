import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { isUnfinished } from '../../provider/lifecycle/standing.js';
import { Stack } from '../support/cli/stack.js';
import { linkRequests, mutatingCalls } from './calls.js';

/** Milliseconds that the emulator's clock is ahead of ours. */
let ahead = 0;
let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator({ clock: { now: () => Date.now() + ahead } });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  // These never become Running by themselves.
  emulator.setBucketRules([{ bucketContains: 'slow', outcome: 'Ready', reason: '' }]);
  const config = { 'alicloud-media:consistencyWindow': '60' };
  stack = await Stack.make({ emulator, program: '', config, resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

const id = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;
const binding = (bucket: string, options: string, more = '') =>
  `new imm.DatasetBinding('${bucket}', { projectName: 'media', datasetName: 'videos', uri: 'oss://${bucket}'${more} }, ${options});`;
const AWAITED = binding('slow', `{ customTimeouts: { create: '2s' } }`);
const ABANDONED = binding('slow-too', `{ customTimeouts: { create: '2s' } }`);
const NOT_AWAITED = binding('slow-not-awaited', '{}', ', skipAwait: true');
const BUCKET = `new mps.OutputBucket('renditions', { bucket: 'renditions' }, OPTIONS);`;

async function linkOf(linkId: string) {
  return (await stack.links()).find((link) => link.id === linkId);
}

it('refuses a malformed duration in the preview, and sends nothing', async () => {
  stack.write(binding('quick', `{ customTimeouts: { delete: '-5m' } }`));
  const text = await stack.fail(['preview']);
  expect(text).toContain('customTimeouts');
  expect(text).toContain('delete: "-5m" is no duration such as 90s, 10m or 1h30m.');
  expect(emulator.journal()).toEqual([]);
});

it('gives up a binding that does not become Running in its time, says what it saw, and keeps it', async () => {
  stack.write([AWAITED, ABANDONED, NOT_AWAITED, BUCKET.replace('OPTIONS', '{}')].join('\n'));
  const text = await stack.fail(['up', '--yes', '--skip-preview']);
  expect(text).toContain(`cannot create imm.DatasetBinding ${id('slow')}: waiting until it is Running`);
  expect(text).toMatch(
    /not within \d+ m?s; last seen: State Ready\. Run the same command again, or give it more time with customTimeouts: \{ create: "30m" \}/,
  );

  // What looks at it is the listing of its dataset.
  const made = emulator
    .journal()
    .find(({ action, link }) => action === 'CreateBinding' && link === id('slow'));
  const last = emulator.journal().findLast(({ action }) => action === 'ListBindings');
  const waited = (last?.time ?? 0) - (made?.time ?? 0);
  expect(waited).toBeGreaterThan(500);
  expect(waited).toBeLessThan(4_000);
  // One look that it is not there yet, and none after it was made.
  const skipped = emulator.journal().filter(({ link }) => link === id('slow-not-awaited'));
  expect(skipped.map(({ action }) => action)).toEqual(['CreateBinding']);

  expect((await stack.links()).map((link) => link.id).sort()).toEqual([
    id('slow'),
    id('slow-not-awaited'),
    id('slow-too'),
    'cn-shanghai/renditions',
  ]);
  emulator.clearJournal();
});

it('goes on waiting in the next up, and deletes what nobody waits for any more', async () => {
  emulator.resumeBinding(id('slow'));
  stack.write([AWAITED, NOT_AWAITED, BUCKET.replace('OPTIONS', '{}')].join('\n'));
  await stack.up();
  expect(mutatingCalls(emulator)).toEqual([`DeleteBinding ${id('slow-too')}`]);
  expect((await linkOf(id('slow')))?.outputs).toMatchObject({ status: 'Active' });
  expect(isUnfinished((await linkOf(id('slow')))?.outputs ?? {})).toBe(false);
  await stack.settled();
});

it('takes new timeouts into the state without a request, from a transform where it sets the property', async () => {
  const timeouts = `{ customTimeouts: { delete: '2s' } }`;
  stack.write(
    [
      `const transform = ({ name, props, opts }) => ({
  props: name === 'slow' ? { ...props, customTimeouts: { delete: '2s' } } : props,
  opts: name === 'slow-not-awaited' ? { ...opts, customTimeouts: { delete: '2s' } } : opts,
});
require('@pulumi/pulumi').runtime.registerResourceTransform(transform);`,
      binding('slow', '{}'),
      NOT_AWAITED,
      BUCKET.replace('OPTIONS', timeouts),
    ].join('\n'),
  );
  emulator.clearJournal();
  const text = await stack.up();
  expect(text).toContain('2 updated');
  expect(linkRequests(emulator)).toEqual([]);
  for (const linkId of [id('slow'), 'cn-shanghai/renditions']) {
    expect((await linkOf(linkId))?.outputs.customTimeouts).toEqual({ delete: '2s' });
  }
  // What it sets among the options reaches the engine, which hands it to no dynamic provider.
  expect((await linkOf(id('slow-not-awaited')))?.outputs).not.toHaveProperty('customTimeouts');
  await stack.settled();
});

it('obeys the new timeout of a delete, and goes on with the next destroy', async () => {
  // From here on reads are half a minute behind, so the delete does not show; the binding is older than that.
  ahead = 60_000;
  emulator.set({ bindingVisibleAfterMs: 30_000 });
  emulator.clearJournal();
  const text = await stack.fail(['destroy', '--yes', '--skip-preview', '--target', `**slow`]);
  expect(text).toMatch(/waiting until it is deleted: not within \d+ m?s; last seen: State Running\./);
  expect(text).toContain('customTimeouts: { delete: "30m" }');
  const requests = emulator.journal().filter(({ link }) => link === id('slow'));
  const waited = (requests.at(-1)?.time ?? 0) - (requests[0]?.time ?? 0);
  expect(waited).toBeLessThan(4_000);
  expect(mutatingCalls(emulator)).toEqual([`DeleteBinding ${id('slow')}`]);

  emulator.set({ bindingVisibleAfterMs: 0 });
  await stack.destroy();
  expect(mutatingCalls(emulator).sort()).toEqual([
    `DeleteBinding ${id('slow-not-awaited')}`,
    'UnbindOutputBucket cn-shanghai/renditions',
  ]);
  expect(emulator.isEmpty()).toBe(true);
  expect(await stack.links()).toEqual([]);
});
