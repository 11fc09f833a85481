import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
afterEach(() => {
  world.clock.moved = () => {};
  world.random = () => 0.5;
});

const listings = () => world.emulator.journal().filter(({ action }) => action === 'ListAllMediaBucket');
const bucket = (name: string, more: Properties = {}) => ({ bucket: name, region: 'cn-shanghai', ...more });

describe('creates that ride one listing, each by its own time', () => {
  it.each([
    ['that of ten minutes began it', ['10m', '30s']],
    ['that of 30 s began it', ['30s', '10m']],
  ])('%s, and it fails: the one of 30 s ends, the other goes on and succeeds', async (_, order) => {
    world.begin();
    // Short pauses: this clock ends each at once, and an alarm within one rings at its end.
    world.random = () => 0.02;
    const { clock, emulator } = world;
    const begun = clock.now();
    const rule = emulator.addFault({
      kind: 'unavailable-503',
      action: 'ListAllMediaBucket',
      times: 'always',
    });
    clock.moved = (now) => {
      if (now > begun + 120_000) emulator.clearFaults(rule);
    };
    const timed = async (create: string) => {
      const made = await world.bucket
        .create(bucket(`within-${create}`, { customTimeouts: { create } }))
        .catch((error: Error) => error);
      return [create, { made, took: clock.now() - begun }] as const;
    };
    const ended = Object.fromEntries(await Promise.all(order.map(timed)));
    expect(ended['30s']?.made).toMatchObject({ message: expect.stringContaining('ServiceUnavailable') });
    expect(ended['30s']?.took).toBeLessThanOrEqual(31_000);
    expect(ended['10m']?.made).toMatchObject({ id: 'cn-shanghai/within-10m' });
    expect(ended['10m']?.took).toBeGreaterThan(120_000);
    expect(emulator.mediaBuckets().map(({ link }) => link)).toEqual(['cn-shanghai/within-10m']);
  });
});

describe('a region of 6,000 output buckets, whose listing takes longer than it is good for', () => {
  const MANY = 6_000;
  /** About as many as the engine has under way at a time, each followed by the next. */
  const AT_A_TIME = 8;
  const READS = 400;

  it('a refresh of 400 of them reads few listings, and finds every one', async () => {
    world.begin({ switches: { listingEndsAt100: false } });
    const { clock, emulator } = world;
    for (let index = 0; index < MANY; index++) emulator.bindOutputBucket(`many-${index}`);
    emulator.clearJournal();
    const begun = clock.now();
    const waiting = Array.from({ length: READS }, (_, index) => `many-${index * 15}`);
    const found: string[] = [];
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
          // What the engine itself takes for each.
          clock.advance(20);
          const boundAt = new Date(begun - 3_600_000).toISOString();
          const read = await world.bucket.read(`cn-shanghai/${name}`, bucket(name, { boundAt }));
          if (read !== undefined) found.push(read.id);
        }
      }),
    );
    expect(found).toHaveLength(READS);
    // 61 pages, ten a second: a listing takes six seconds, and serves for five.
    expect(clock.now() - begun).toBeGreaterThan(5_000);
    expect(listings().length / Math.ceil((MANY + 1) / 100)).toBeLessThanOrEqual(3);
  });
});
