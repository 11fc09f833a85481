import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Switches, SwitchName } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { LifecycleWorld } from '../lifecycle-world.js';
import { AFTER_THE_WINDOW, SwitchScenarios } from '../switch-scenarios.js';

// How the product of all switches is split, and why nothing is lost by it: test/switch-scenarios.ts.
const BUCKET: readonly SwitchName[] = ['unbindUnboundBucket', 'bindBoundBucket', 'mediaBucketVisibleAfterMs'];
/** Asked only of a page that is full. */
const PAGING: readonly SwitchName[] = ['listingEndsAt100', 'pageToken', 'tokenOnFullLastPage'];

const BUCKET_ARGS = { bucket: 'renditions', region: 'cn-shanghai' };
const BUCKET_ID = 'cn-shanghai/renditions';

let world: LifecycleWorld;
let scenarios: SwitchScenarios;
beforeAll(async () => {
  world = await LifecycleWorld.start();
  scenarios = new SwitchScenarios(world);
});
afterAll(() => world.close());

const forEvery =
  (...args: Parameters<SwitchScenarios['forEvery']>) =>
  () =>
    scenarios.forEvery(...args);
const bounded = <T>(work: Promise<T>) => scenarios.bounded(work);
const refused = (work: Promise<unknown>) => scenarios.refused(work);
const expectOnly = (id: string) => scenarios.expectOnly(id);

const create = (more: Properties = {}) => bounded(world.bucket.create({ ...BUCKET_ARGS, ...more }));
const read = (outputs: Properties) => bounded(world.bucket.read(BUCKET_ID, outputs));
const remove = (outputs: Properties) => bounded(world.bucket.delete(BUCKET_ID, outputs));
const rows = () => world.emulator.mediaBuckets().map(({ bucket, type }) => `${type} ${bucket}`);

describe.each([3, 99, 130])('an output bucket beside %i rows of others', { timeout: 120_000 }, (others) => {
  let before: string[] = [];

  function registerOthers(): void {
    // The same bucket for input is another link, and never ours.
    world.emulator.bindInputBucket('renditions');
    for (let n = 1; n < others; n++) world.emulator.bindOutputBucket(`others-${n}`);
    before = rows();
    world.clock.advance(AFTER_THE_WINDOW);
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
      world.clock.advance(1_000);

      expect(await refused(create())).toContain(`ALICLOUD_MEDIA_ADOPT='${BUCKET_ID}'`);
      const { outputs } = await create({ adopt: true });
      // A service that registers what is registered says nothing that tells one from the other.
      const isHidden = !isProof(switches) && switches.bindBoundBucket === 'success';
      const taken = world.said.filter((line) => line.includes('took it over'));
      expect(taken).toHaveLength(isHidden ? 0 : 1);
      const inputs = { ...BUCKET_ARGS, adopt: true };
      expect(await read(outputs)).toEqual({ id: BUCKET_ID, inputs, outputs });
      // Two entries have it now, and neither may remove it under the other.
      await remove(first.outputs);
      expect(rows()).toEqual([...before, 'Output renditions']);

      world.emulator.unbindOutputBucket('renditions');
      world.clock.advance(AFTER_THE_WINDOW);
      world.said.length = 0;
      const kept = await read(outputs);
      expect(kept === undefined).toBe(isProof(switches));
      expect(world.said.filter((line) => line.includes('may be cut off'))).toHaveLength(kept ? 1 : 0);

      // What was removed behind our back and is kept stays the entry's: as in another run.
      world.restartProvider();
      const second = await create(asked);
      world.clock.advance(1_000);
      await remove(second.outputs);
      expect(rows()).toEqual(before);
      const again = await create(asked);
      expect(rows()).toEqual([...before, 'Output renditions']);
      world.clock.advance(1_000);
      await remove(again.outputs);
      // A code that nobody documents, and no listing that could explain it: the original error.
      if (!isProof(switches) && switches.unbindUnboundBucket === 'Bucket.NotBind')
        expect(await refused(remove(again.outputs))).toContain('UnbindOutputBucket: Bucket.NotBind');
      else await remove(again.outputs);
      expect(rows()).toEqual(before);
      expectOnly(BUCKET_ID);
    }),
  );
});

describe('an output bucket', { timeout: 120_000 }, () => {
  it(
    'survives a lost reply of its create and of its delete',
    forEvery(BUCKET, async () => {
      world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'BindOutputBucket', times: 1 });
      world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'UnbindOutputBucket', times: 1 });
      const { outputs } = await create();
      expect(rows()).toEqual(['Output renditions']);
      world.clock.advance(1_000);
      await remove(outputs);
      expect(rows()).toEqual([]);
    }),
  );

  it(
    'of a missing bucket is registered or an error, and leaves nothing',
    forEvery([...BUCKET, 'bindMissingBucket'], async ({ bindMissingBucket }) => {
      world.emulator.setMissingBuckets(['renditions']);
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
        const deny = (action: string) => world.emulator.deny({ action: `mts:${action}` });
        for (const action of ['ListAllMediaBucket', 'BindOutputBucket']) {
          deny(action);
          expect(await refused(create())).toMatch(new RegExp(`${action}: ${denialCode}: .*RAM actions`));
          world.emulator.allow();
        }
        const { outputs } = await create();
        world.clock.advance(1_000);
        deny('ListAllMediaBucket');
        expect(await refused(read(outputs))).toContain(`ListAllMediaBucket: ${denialCode}`);
        deny('UnbindOutputBucket');
        expect(await refused(remove(outputs))).toContain(`UnbindOutputBucket: ${denialCode}`);
        expect(rows()).toEqual(['Output renditions']);
        world.emulator.allow();
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
          world.emulator.addFault({ kind: 'throttled', action, times: 2 });
        world.emulator.setLimits({ mtsListingPerSecond: 1 });
        const { outputs } = await create();
        expect(await read(outputs)).toMatchObject({ id: BUCKET_ID });
        expect(await read(outputs)).toMatchObject({ id: BUCKET_ID });
        await remove(outputs);
        expect(rows()).toEqual([]);
        const codes = world.emulator
          .journal()
          .filter(({ fault }) => fault === '')
          .map(({ code }) => code);
        expect(codes).toContain(world.emulator.switches.mtsThrottlingCode);
        world.emulator.setLimits({ mtsListingPerSecond: 10 });
      },
    ),
  );
});
