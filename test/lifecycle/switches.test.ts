import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, SWITCHES, startEmulator } from '../../emulator/index.js';
import { type Run, Stack } from '../support/cli/stack.js';
import { pairwise, type Row } from '../support/links/pairwise.js';

/** Output buckets of nobody in the same account: what a listing that pages, or ends, is made of. */
const CROWDS = [0, 99, 150] as const;
/** Of the row of this number: all clouds are of one account, and one stack has no link twice. */
const bindingOf = (number: number) => `cn-shanghai/media/videos/oss://originals-${number}`;
const bucketOf = (number: number) => `renditions-${number}`;

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
  'createReplyTimeOffMs',
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

type Choices = Row<typeof FACTORS>;

/** A service that behaves as a row says, and what it has seen of the links of its own. */
interface Cloud {
  readonly number: number;
  readonly row: Choices;
  readonly emulator: Emulator;
}

async function startCloud(row: Choices, number: number): Promise<Cloud> {
  const { crowd, gone: _, ...switches } = row;
  const emulator = await startEmulator({ runningAfter: 0, switches });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  for (let index = 0; index < crowd; index++) emulator.bindOutputBucket(`nobodys-${index}`);
  return { number, row, emulator };
}

/** No look shows whether the bucket is there, and only who says `adopt` makes a registration then. */
const isUnseen = ({ crowd, listingEndsAt100 }: Choices) => crowd > 100 && listingEndsAt100;

/** Both links in each of the clouds, so that all rows share the commands. */
function programFor(clouds: readonly Cloud[]): string {
  return `
${JSON.stringify(clouds.map(({ emulator, row }) => [emulator.url, isUnseen(row)]))}.forEach(([url, adopt], row) => {
  const provider = new Provider('row-' + row, {
    region: 'cn-shanghai', endpoints: { imm: url, mts: url, sts: url }, consistencyWindow: 2,
  });
  new imm.DatasetBinding('row-' + row, { projectName: 'media', datasetName: 'videos', uri: 'oss://originals-' + row }, { provider });
  new mps.OutputBucket('row-' + row, { bucket: 'renditions-' + row, adopt }, { provider });
});`;
}

const binding = ({ number }: Cloud) => bindingOf(number);
const bucket = ({ number }: Cloud) => `cn-shanghai/${bucketOf(number)}`;

/** The mutating calls that were answered with success since the last look, in the order of their arrival. */
function done({ emulator }: Cloud, link: string): string[] {
  return emulator
    .journal()
    .filter((entry) => entry.link === link && entry.code === '' && !/^(Get|List)/.test(entry.action))
    .map(({ action }) => action);
}

/** A bucket that is gone can be told from one that is not, unless the code is unknown and the listing cut off. */
function tellable(row: Choices): boolean {
  return !(isUnseen(row) && row.unbindUnboundBucket === 'Bucket.NotBind');
}

const bindingGone = ({ row }: Cloud) => row.gone;
const bucketGone = ({ row }: Cloud) => row.gone && tellable(row);

// What is gone would leave the state in a refresh; without one the delete has to find out.
describe.each([
  { gone: true, destroys: ['destroy', '--yes', '--skip-preview', '--continue-on-error'] },
  { gone: false, destroys: ['destroy', '--yes', '--skip-preview', '--continue-on-error', '--refresh'] },
])(
  'makes, refreshes and destroys both links, each exactly once, removed by others: $gone, where',
  ({ gone, destroys }) => {
    const rows = pairwise(FACTORS).filter((row) => row.gone === gone);
    const told = (row: object) => Object.entries(row).map((choice) => choice.join('='));
    let clouds: Cloud[] = [];
    let stack: Stack;
    let made: string[][][];
    const runs: Run[] = [];

    beforeAll(async () => {
      clouds = await Promise.all(rows.map(startCloud));
      const { emulator } = clouds[0] as Cloud;
      // Each link's own Provider says where its cloud is.
      const nowhere = { IMM_ENDPOINT: undefined, MTS_ENDPOINT: undefined, STS_ENDPOINT: undefined };
      stack = await Stack.make({
        emulator,
        program: programFor(clouds),
        environment: nowhere,
        resident: true,
      });
      runs.push(await stack.run(['up', '--yes', '--skip-preview', '--continue-on-error']));
      made = clouds.map((cloud) => [done(cloud, binding(cloud)), done(cloud, bucket(cloud))]);
      for (const cloud of clouds) {
        if (bindingGone(cloud)) cloud.emulator.deleteBinding(binding(cloud));
        if (bucketGone(cloud)) cloud.emulator.unbindOutputBucket(bucketOf(cloud.number));
        cloud.emulator.clearJournal();
      }
      runs.push(await stack.run(destroys));
    });
    afterAll(async () => {
      stack?.remove();
      await Promise.all(clouds.map(({ emulator }) => emulator.close()));
    });

    it.each(rows.map((row, number) => [told(row).join(' '), number] as const))('%s', (_, number) => {
      const cloud = clouds[number] as Cloud;
      expect(made[number]).toEqual([['CreateBinding'], ['BindOutputBucket']]);
      if (!bindingGone(cloud)) expect(done(cloud, binding(cloud))).toEqual(['DeleteBinding']);
      if (!bucketGone(cloud)) expect(done(cloud, bucket(cloud))).toEqual(['UnbindOutputBucket']);
      expect(cloud.emulator.bindings()).toEqual([]);
      expect(cloud.emulator.mediaBuckets()).toHaveLength(cloud.row.crowd);
    });

    it('all of these, so that both commands succeed and leave an empty state', async () => {
      for (const { code, text } of runs) expect(code, text).toBe(0);
      expect(await stack.links()).toEqual([]);
    });
  },
);
