import { describe, expect, it } from 'vitest';
import type { Bound } from '../../../provider/alicloud/limits/retry.js';
import { Shared } from '../../../provider/alicloud/limits/shared.js';
import { VirtualClock } from '../../support/lifecycle/lifecycle-world.js';

const late = () => new Error('its time is over');

function setting() {
  const clock = new VirtualClock();
  const bound = (seconds: number, more: Partial<Bound> = {}): Bound => ({
    clock,
    deadline: clock.now() + seconds * 1000,
    random: () => 0.5,
    ...more,
  });
  let end: (value: string) => void = () => {};
  let given: Bound | undefined;
  const work = (of: Bound) => {
    given = of;
    return new Promise<string>((resolve) => {
      end = resolve;
    });
  };
  return { clock, bound, work, given: () => given, end: (value: string) => end(value) };
}

describe('work that several wait for', () => {
  it('serves each of them, and lasts as long as the most patient', async () => {
    const { clock, bound, work, given, end } = setting();
    const shared = new Shared(bound(30), work);
    const first = shared.ride(bound(30), late).catch((error: Error) => error.message);
    const second = shared.ride(bound(600), late);
    await Promise.resolve();
    expect(given()?.deadline).toBe(clock.now() + 600_000);
    clock.advance(30_000);
    expect(await first).toBe('its time is over');
    expect(given()?.signal?.aborted).toBe(false);
    end('done');
    expect(await second).toBe('done');
  });

  it('goes on when one of them is interrupted, and stops when the last one leaves', async () => {
    const { bound, work, given } = setting();
    const [one, two] = [new AbortController(), new AbortController()];
    const shared = new Shared(bound(60), work);
    const rides = [one, two].map(({ signal }) =>
      shared.ride(bound(60, { signal }), late).catch((reason: unknown) => reason),
    );
    await Promise.resolve();
    one.abort('first');
    expect(await rides[0]).toBe('first');
    expect([given()?.signal?.aborted, shared.isOpen]).toEqual([false, true]);
    two.abort('second');
    expect(await rides[1]).toBe('second');
    expect([given()?.signal?.aborted, shared.isOpen]).toEqual([true, false]);
  });

  it('lasts as long as the most patient, also where it waits for another such work itself', async () => {
    const { clock, bound, work, end } = setting();
    const outer = new Shared(bound(10), (of) => new Shared(of, work).ride(of, late));
    const first = outer.ride(bound(10), late).catch((error: Error) => error.message);
    await Promise.resolve();
    const second = outer.ride(bound(600), late);
    clock.advance(10_000);
    expect(await first).toBe('its time is over');
    clock.advance(500_000);
    end('done');
    expect(await second).toBe('done');
  });

  it('tells everybody of a pause, and whoever leaves after it what went wrong', async () => {
    const { clock, bound, work, given } = setting();
    const told: string[] = [];
    const heard = (name: string) => ({ paused: (error: Error) => told.push(`${name}: ${error.message}`) });
    const shared = new Shared(bound(60), work);
    const first = shared.ride(bound(5, heard('a')), late).catch((error: Error) => error.message);
    shared.ride(bound(60, heard('b')), late).catch(() => {});
    await Promise.resolve();
    given()?.paused?.(new Error('throttled'), 1, 1);
    expect(told).toEqual(['a: throttled', 'b: throttled']);
    clock.advance(5_000);
    expect(await first).toBe('throttled');
  });
});
