import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WaitTimeoutError } from '../../../provider/lifecycle/failures.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const elapsed = (started: number) => world.clock.now() - started;

describe('waiting until something is so', () => {
  it('asks at once, then less and less often, and gives what it found', async () => {
    const answers = [undefined, undefined, undefined, 'found'];
    const operation = world.operation();
    expect(await operation.until('looking', async () => answers.shift())).toBe('found');
    expect(world.clock.slept).toEqual([300, 450, 675]);
  });

  it('never asks more seldom than every 5 s', async () => {
    const operation = world.operation({ timeout: 300_000 });
    await expect(operation.until('looking', async () => undefined)).rejects.toThrow(WaitTimeoutError);
    expect(Math.max(...world.clock.slept)).toBe(5_000);
  });

  it('ends within the time of the operation, says how long and what was seen last, and what to do', async () => {
    const started = world.clock.now();
    const operation = world.operation({ kind: 'delete', timeout: 60_000 });
    const wait = operation.until('the binding is deleted', async (saw) => {
      saw('State Running');
      return undefined;
    });
    await expect(wait).rejects.toThrow(
      /^the binding is deleted: not within 1 min; last seen: State Running\. Run the same command again, or give it more time with customTimeouts: \{ delete: "30m" \}\.$/,
    );
    expect(elapsed(started)).toBeLessThanOrEqual(60_000);
    expect(elapsed(started)).toBeGreaterThan(50_000);
  });

  it('says about every 10 s that it is alive, and nothing when it is short', async () => {
    const operation = world.operation({ timeout: 60_000 });
    await operation.until('looking', async () => 'found');
    expect(world.said).toEqual([]);
    const wait = operation.until('looking', async (saw) => saw('State Ready'));
    await expect(wait).rejects.toThrow();
    expect(world.said.length).toBeGreaterThanOrEqual(3);
    expect(world.said.length).toBeLessThanOrEqual(6);
    for (const line of world.said) expect(line).toMatch(/^info: the link: looking: State Ready, \d+ s$/);
    // A host that can shows every look, beside the resource.
    expect(world.statuses.length).toBeGreaterThan(world.said.length);
    for (const line of world.statuses) expect(line).toMatch(/^looking: State Ready, \d+ m?s$/);
  });

  it('ends with a failure of the question, and with an abort', async () => {
    const failure = new Error('no');
    const fail = async () => Promise.reject(failure);
    await expect(world.operation().until('looking', fail)).rejects.toBe(failure);
    const stop = new AbortController();
    const wait = world.operation({ signal: stop.signal }).until('looking', async () => stop.abort(failure));
    await expect(wait).rejects.toBe(failure);
  });
});

describe('looking beyond the time in which the service may not show a link', () => {
  const missing = async () => undefined;

  it('gives what it finds at once', async () => {
    const operation = world.operation();
    expect(await operation.beyondWindow(operation.serviceNow(), async () => 'found')).toBe('found');
    expect(world.clock.slept).toEqual([]);
  });

  it('looks again at a link made a moment ago, until the window since then is over', async () => {
    const made = world.clock.now();
    world.clock.advance(20_000);
    const started = world.clock.now();
    expect(await world.operation().beyondWindow(made, missing)).toBeUndefined();
    expect(elapsed(made)).toBe(60_000);
    expect(elapsed(started)).toBe(40_000);
  });

  it('gives what appears within it', async () => {
    const answers = [undefined, undefined, 'found'];
    const operation = world.operation();
    expect(await operation.beyondWindow(operation.serviceNow(), async () => answers.shift())).toBe('found');
    expect(world.clock.slept).toEqual([300, 450]);
  });

  it('looks once at a link that is older, or of which no time is known', async () => {
    for (const written of [world.clock.now() - 60_000, 0, Number.NaN, undefined]) {
      let looks = 0;
      const look = async () => {
        looks += 1;
        return undefined;
      };
      expect(await world.operation().beyondWindow(written, look)).toBeUndefined();
      expect(looks).toBe(1);
    }
  });

  it('ends with the window where a wrong clock says that the link was made in the future', async () => {
    const started = world.clock.now();
    await world.operation().beyondWindow(started + 1e12, missing);
    expect(elapsed(started)).toBe(60_000);
  });

  it('fails within the time of the operation, where that is shorter: what was not shown by then proves nothing', async () => {
    const started = world.clock.now();
    const operation = world.operation({ timeout: 15_000 });
    await expect(operation.beyondWindow(started, missing)).rejects.toThrow(WaitTimeoutError);
    expect(elapsed(started)).toBeLessThanOrEqual(15_000);
  });

  it('does not wait where the configuration says that nothing is late', async () => {
    world.begin({ config: { 'alicloud-media:consistencyWindow': '0' } });
    await world.operation().beyondWindow(world.clock.now(), missing);
    expect(world.clock.slept).toEqual([]);
  });
});
