import { describe, expect, it } from 'vitest';
import type { Switches, SwitchName } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { IS_WIDE } from '../support/extent.js';
import { AFTER_THE_WINDOW, SwitchScenarios } from '../support/links/switch-scenarios.js';

// How the product of all switches is split, and why nothing is lost by it: test/support/links/switch-scenarios.ts.
const BUCKET: readonly SwitchName[] = ['unbindUnboundBucket', 'bindBoundBucket', 'mediaBucketVisibleAfterMs'];
/** Asked only of a page that is full. */
const PAGING: readonly SwitchName[] = ['listingEndsAt100', 'pageToken', 'tokenOnFullLastPage'];

const BUCKET_ARGS = { bucket: 'renditions', region: 'cn-shanghai' };
const BUCKET_ID = 'cn-shanghai/renditions';

const scenarios = SwitchScenarios.make();

const forEvery =
  (...args: Parameters<SwitchScenarios['forEvery']>) =>
  () =>
    scenarios.forEvery(...args);
const bounded = <T>(work: Promise<T>) => scenarios.bounded(work);
const refused = (work: Promise<unknown>) => scenarios.refused(work);
const expectOnly = (id: string) => scenarios.expectOnly(id);

const create = (more: Properties = {}) => bounded(scenarios.world.bucket.create({ ...BUCKET_ARGS, ...more }));
const read = (outputs: Properties) => bounded(scenarios.world.bucket.read(BUCKET_ID, outputs));
const remove = (outputs: Properties) => bounded(scenarios.world.bucket.delete(BUCKET_ID, outputs));
const rows = () => scenarios.world.emulator.mediaBuckets().map(({ bucket, type }) => `${type} ${bucket}`);

describe.each(IS_WIDE ? [3, 99, 130] : [99])(
  'an output bucket beside %i rows of others',
  { timeout: 120_000 },
  (others) => {
    let before: string[] = [];

    function registerOthers(): void {
      // The same bucket for input is another link, and never ours.
      scenarios.world.emulator.bindInputBucket('renditions');
      for (let n = 1; n < others; n++) scenarios.world.emulator.bindOutputBucket(`others-${n}`);
      before = rows();
      scenarios.world.clock.advance(AFTER_THE_WINDOW);
    }

    /** Whether a listing without the bucket proves that it is missing, and one with it would show it. */
    const isProof = ({ listingEndsAt100 }: Partial<Switches>) => others < 100 || !listingEndsAt100;

    it(
      'lives and ends the same, whatever the service does',
      forEvery(others < 99 ? BUCKET : [...BUCKET, ...PAGING], async (switches) => {
        registerOthers();
        // Where the listing may be cut off, nobody can tell whether somebody has it already: that is said before it is done.
        const asked = isProof(switches) ? {} : { adopt: true };
        if (!isProof(switches)) {
          expect(await refused(create())).toContain('Nothing was sent');
          expect(rows()).toEqual(before);
        }
        const first = await create(asked);
        expect(rows()).toEqual([...before, 'Output renditions']);
        scenarios.world.clock.advance(1_000);

        expect(await refused(create())).toContain(`ALICLOUD_MEDIA_ADOPT='${BUCKET_ID}'`);
        const { outputs } = await create({ adopt: true });
        // A service that registers what is registered says nothing that tells one from the other.
        const isHidden = !isProof(switches) && switches.bindBoundBucket === 'success';
        const taken = scenarios.world.said.filter((line) => line.includes('took it over'));
        expect(taken).toHaveLength(isHidden ? 0 : 1);
        const inputs = { ...BUCKET_ARGS, adopt: true };
        expect(await read(outputs)).toEqual({ id: BUCKET_ID, inputs, outputs });
        // Two entries have it now, and neither may remove it under the other.
        await remove(first.outputs);
        expect(rows()).toEqual([...before, 'Output renditions']);

        scenarios.world.emulator.unbindOutputBucket('renditions');
        scenarios.world.clock.advance(AFTER_THE_WINDOW);
        scenarios.world.said.length = 0;
        const kept = await read(outputs);
        expect(kept === undefined).toBe(isProof(switches));
        expect(scenarios.world.said.filter((line) => line.includes('may be cut off'))).toHaveLength(
          kept ? 1 : 0,
        );

        // What was removed behind our back and is kept stays the entry's: as in another run.
        scenarios.world.restartProvider();
        const second = await create(asked);
        scenarios.world.clock.advance(1_000);
        await remove(second.outputs);
        expect(rows()).toEqual(before);
        const again = await create(asked);
        expect(rows()).toEqual([...before, 'Output renditions']);
        scenarios.world.clock.advance(1_000);
        await remove(again.outputs);
        // A code that nobody documents, and no listing that could explain it: the original error.
        if (!isProof(switches) && switches.unbindUnboundBucket === 'Bucket.NotBind')
          expect(await refused(remove(again.outputs))).toContain('UnbindOutputBucket: Bucket.NotBind');
        else await remove(again.outputs);
        expect(rows()).toEqual(before);
        expectOnly(BUCKET_ID);
      }),
    );
  },
);

describe('an output bucket', { timeout: 120_000 }, () => {
  it(
    'survives a lost reply of its create and of its delete',
    forEvery(BUCKET, async () => {
      scenarios.world.emulator.addFault({
        kind: 'effect-then-reply-lost',
        action: 'BindOutputBucket',
        times: 1,
      });
      scenarios.world.emulator.addFault({
        kind: 'effect-then-reply-lost',
        action: 'UnbindOutputBucket',
        times: 1,
      });
      const { outputs } = await create();
      expect(rows()).toEqual(['Output renditions']);
      scenarios.world.clock.advance(1_000);
      await remove(outputs);
      expect(rows()).toEqual([]);
    }),
  );

  it(
    'of a missing bucket is registered or an error, and leaves nothing',
    forEvery([...BUCKET, 'bindMissingBucket'], async ({ bindMissingBucket }) => {
      scenarios.world.emulator.setMissingBuckets(['renditions']);
      if (bindMissingBucket === 'accepted') await remove((await create()).outputs);
      else expect(await refused(create())).toContain(`BindOutputBucket: ${bindMissingBucket}: `);
      expect(rows()).toEqual([]);
    }),
  );

  it(
    'is never gone and never left because of a denial',
    forEvery(
      ['denialCode', 'unbindUnboundBucket', 'bindBoundBucket', 'mediaBucketVisibleAfterMs'],
      async ({ denialCode }) => {
        const deny = (action: string) => scenarios.world.emulator.deny({ action: `mts:${action}` });
        for (const action of ['ListAllMediaBucket', 'BindOutputBucket']) {
          deny(action);
          expect(await refused(create())).toMatch(new RegExp(`${action}: ${denialCode}: .*RAM actions`));
          scenarios.world.emulator.allow();
        }
        const { outputs } = await create();
        scenarios.world.clock.advance(1_000);
        deny('ListAllMediaBucket');
        expect(await refused(read(outputs))).toContain(`ListAllMediaBucket: ${denialCode}`);
        deny('UnbindOutputBucket');
        expect(await refused(remove(outputs))).toContain(`UnbindOutputBucket: ${denialCode}`);
        expect(rows()).toEqual(['Output renditions']);
        scenarios.world.emulator.allow();
        await remove(outputs);
        expect(rows()).toEqual([]);
      },
    ),
  );

  it(
    'passes through throttling of any code, by faults and by the limit',
    forEvery(
      [
        'mtsThrottlingCode',
        'throttlingStatus',
        'unbindUnboundBucket',
        'bindBoundBucket',
        'mediaBucketVisibleAfterMs',
      ],
      async () => {
        for (const action of ['ListAllMediaBucket', 'BindOutputBucket', 'UnbindOutputBucket'])
          scenarios.world.emulator.addFault({ kind: 'throttled', action, times: 2 });
        scenarios.world.emulator.setLimits({ mtsListingPerSecond: 1 });
        const { outputs } = await create();
        expect(await read(outputs)).toMatchObject({ id: BUCKET_ID });
        expect(await read(outputs)).toMatchObject({ id: BUCKET_ID });
        await remove(outputs);
        expect(rows()).toEqual([]);
        const codes = scenarios.world.emulator
          .journal()
          .filter(({ fault }) => fault === '')
          .map(({ code }) => code);
        expect(codes).toContain(scenarios.world.emulator.switches.mtsThrottlingCode);
        scenarios.world.emulator.setLimits({ mtsListingPerSecond: 10 });
      },
    ),
  );
});
