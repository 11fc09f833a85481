import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, SWITCHES, startEmulator } from '../../emulator/index.js';
import { pairwise, type Row } from '../pairwise.js';
import { Stack } from '../stack.js';

/** Output buckets of nobody in the same account: what a listing that pages, or ends, is made of. */
const CROWDS = [0, 99, 150] as const;
const BINDING = 'cn-shanghai/media/videos/oss://originals';
const BUCKET = 'cn-shanghai/renditions';

/**
 * The unknowns that up, refresh and destroy of one binding and one bucket meet. Left out, because this
 * never meets them: createExistingBinding and bindBoundBucket (a create looks first, so they need a lost reply),
 * bucketInSeveralDatasets (there is one dataset), the two missing-bucket switches and denialCode (the create fails),
 * the throttling codes and status (two links stay below every limit), deleteDatasetWithBindings (no resource of
 * this package deletes a dataset), deletedStateMs (it has one value). They are tested in process, in every combination.
 */
const MET = [
  'getDeletedBinding',
  'notFoundWord',
  'unbindUnboundBucket',
  'deleteMissingBinding',
  'recreateWaitMs',
  'bindingVisibleAfterMs',
  'listingEndsAt100',
  'pageToken',
  'tokenOnFullLastPage',
  'mediaBucketVisibleAfterMs',
] as const;
const values = Object.fromEntries(MET.map((name) => [name, SWITCHES[name].values]));
const FACTORS = {
  crowd: CROWDS,
  /** Both links are removed behind the stack's back before its destroy. */
  gone: [true, false],
  ...(values as { [name in (typeof MET)[number]]: (typeof SWITCHES)[name]['values'] }),
};

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 0 });
  stack = await Stack.make({
    emulator,
    config: { 'alicloud-media:consistencyWindow': '2' },
    program: `
new imm.DatasetBinding('link', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('link', { bucket: 'renditions' });`,
  });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

// What a failed row leaves in the state must not fail the next one.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await stack.succeed('stack', 'rm', '--force', '--preserve-config', '--yes');
  await stack.succeed('stack', 'init', 'test');
});

function begin({ crowd, gone: _, ...switches }: Row<typeof FACTORS>): void {
  emulator.reset();
  emulator.set(switches);
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  for (let index = 0; index < crowd; index++) emulator.bindOutputBucket(`nobodys-${index}`);
}

/** The mutating calls that were answered with success since the last look, in the order of their arrival. */
function done(link: string): string[] {
  return emulator
    .journal()
    .filter((entry) => entry.link === link && entry.code === '' && !/^(Get|List)/.test(entry.action))
    .map(({ action }) => action);
}

/** A bucket that is gone can be told from one that is not, unless the code is unknown and the listing cut off. */
function tellable({ crowd, listingEndsAt100, unbindUnboundBucket }: Row<typeof FACTORS>): boolean {
  return !(crowd > 100 && listingEndsAt100 && unbindUnboundBucket === 'Bucket.NotBind');
}

describe('makes, refreshes and destroys both links, each exactly once, where', () => {
  const rows = pairwise(FACTORS);
  const told = (row: object) => Object.entries(row).map((choice) => choice.join('='));

  it.each(rows.map((row) => [told(row).join(' '), row] as const))('%s', async (_, row) => {
    begin(row);
    await stack.up();
    expect(done(BINDING)).toEqual(['CreateBinding']);
    expect(done(BUCKET)).toEqual(['BindOutputBucket']);

    const [bindingGone, bucketGone] = [row.gone, row.gone && tellable(row)];
    if (bindingGone) emulator.deleteBinding(BINDING);
    if (bucketGone) emulator.unbindOutputBucket('renditions');
    emulator.clearJournal();
    // What is gone would leave the state in a refresh; without one the delete has to find out.
    await stack.destroy(...(row.gone ? [] : ['--refresh']));
    if (!bindingGone) expect(done(BINDING)).toEqual(['DeleteBinding']);
    if (!bucketGone) expect(done(BUCKET)).toEqual(['UnbindOutputBucket']);
    expect(emulator.bindings()).toEqual([]);
    expect(emulator.mediaBuckets()).toHaveLength(row.crowd);
    expect(await stack.links()).toEqual([]);
  });
});
