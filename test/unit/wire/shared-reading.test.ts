import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Moment, moment } from '../../../provider/lifecycle/evidence.js';
import { PerWire, SharedReading } from '../../../provider/lifecycle/shared-reading.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';

/** Readings whose end a test decides. */
class Begun {
  readonly readings: { end(value: string): void; fail(): void }[] = [];

  readonly begin = (): Promise<string> =>
    new Promise((resolve, reject) => {
      this.readings.push({ end: resolve, fail: () => reject(new Error('refused')) });
    });

  end(index: number, value: string): void {
    this.readings[index]?.end(value);
  }
}

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setting() {
  const shared = new SharedReading<string>(5_000);
  const begun = new Begun();
  const read = (name: string, after?: Moment, timeout = 600_000) =>
    shared.read(name, world.operation({ timeout }), 'reading', begun.begin, after);
  return { shared, begun, read };
}

describe('a reading that serves many', () => {
  it('serves everybody who asks while it is under way, however long it takes', async () => {
    const { begun, read } = setting();
    const all = ['a', 'b'].map((name) => read(name));
    world.clock.advance(300_000);
    all.push(read('c'));
    await turn();
    begun.end(0, 'list');
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual(['list', 'list', 'list']);
    expect(begun.readings).toHaveLength(1);
  });

  it('serves for five seconds from its end, not longer', async () => {
    const { begun, read } = setting();
    const first = read('a');
    await turn();
    begun.end(0, 'old');
    await first;
    world.clock.advance(5_000);
    expect((await read('b')).value).toBe('old');
    world.clock.advance(1);
    const later = read('c');
    await turn();
    begun.end(1, 'new');
    expect((await later).value).toBe('new');
    expect(begun.readings).toHaveLength(2);
  });

  it('does not serve a name that we wrote since it began, and still serves the others', async () => {
    const { shared, begun, read } = setting();
    const first = read('a');
    await turn();
    // In the very millisecond in which it began.
    shared.wrote('a');
    begun.end(0, 'old');
    await first;
    expect((await read('b')).value).toBe('old');
    const own = read('a');
    await turn();
    expect(begun.readings).toHaveLength(2);
    begun.end(1, 'new');
    expect((await own).value).toBe('new');
  });

  it('one that was begun before a moment does not prove what a second look has to prove', async () => {
    const { begun, read } = setting();
    const first = read('a');
    await turn();
    begun.end(0, 'first');
    await first;
    const second = read('a', moment());
    await turn();
    begun.end(1, 'second');
    expect((await second).value).toBe('second');
  });

  it('is bounded by the time of each who waits for it, and goes on for the others', async () => {
    const { begun, read } = setting();
    const patient = read('a');
    const short = read('b', undefined, 30_000).catch((error: Error) => error.message);
    await turn();
    world.clock.advance(30_000);
    expect(await short).toMatch(/^reading: not within 30 s; last seen: no answer\./);
    begun.end(0, 'list');
    expect((await patient).value).toBe('list');
    expect(begun.readings).toHaveLength(1);
  });

  it('that failed is not kept for those who come later', async () => {
    const { begun, read } = setting();
    const starter = read('a');
    await turn();
    begun.readings[0]?.fail();
    await expect(starter).rejects.toThrow('refused');
    const later = read('b');
    await turn();
    begun.end(1, 'second');
    expect((await later).value).toBe('second');
  });

  it('that nobody waits for any more serves nobody who comes later', async () => {
    const { begun, read } = setting();
    const short = read('a', undefined, 30_000).catch(() => {});
    await turn();
    world.clock.advance(30_000);
    // It is given a moment for the error with which the reading itself ends then.
    world.clock.advance(500);
    await short;
    const later = read('b');
    await turn();
    begun.end(1, 'second');
    expect((await later).value).toBe('second');
  });

  it('is one for each wire and each name', () => {
    const readings = new PerWire(() => new SharedReading<string>(5_000));
    const [one, other] = [{}, {}];
    expect(readings.for(one, 'cn-shanghai')).toBe(readings.for(one, 'cn-shanghai'));
    expect(readings.for(one, 'cn-shanghai')).not.toBe(readings.for(one, 'cn-beijing'));
    expect(readings.for(one, 'cn-shanghai')).not.toBe(readings.for(other, 'cn-shanghai'));
  });
});
