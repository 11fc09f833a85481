import { afterAll, beforeAll, expect, it } from 'vitest';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { COUNTED } from './many-links.js';
import { adoptLine } from './one-case.js';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
/** So many requests that the last of them waits for seconds, at the documented rate of 100 a second. */
const CROWD = 250;

it.each(COUNTED)(
  "$title: somebody else's that is made while our request waits for its turn is refused, where the service makes twice without a word",
  async (link) => {
    world.begin({
      switches: {
        createExistingBinding: 'returns-existing',
        createReplyTimeOffMs: 0,
        bindBoundBucket: 'success',
        listingEndsAt100: false,
      },
    });
    world.emulator.setLimits(false);
    // Exactly a hundred rows might be a listing that is cut off.
    for (const bucket of ['a-first', 'a-second']) world.emulator.bindOutputBucket(bucket);
    const crowd = Array.from({ length: CROWD }, (_, index) =>
      link.steps(world).create(link.another(`crowd-${index}`)),
    );
    // No request goes on that waits for its turn, until most of the first hundred are answered.
    let release = () => {};
    world.clock.held = new Promise((resolve) => {
      release = resolve;
    });
    let made = 0;
    const unwatch = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'after-effect' || action !== link.makes) return;
      made += 1;
      if (made !== 90) return;
      link.make(world.emulator);
      world.clock.held = undefined;
      release();
    });
    const error = await link
      .steps(world)
      .create(link.inputs)
      .then(
        () => undefined,
        (thrown: Error) => thrown,
      );
    await Promise.all(crowd);
    unwatch();
    expect(error && adoptLine(error)).toBe(link.id);
    const sent = world.emulator
      .journal()
      .filter(({ action, link: id }) => action === link.makes && id === link.id);
    expect(sent).toEqual([]);
  },
);
