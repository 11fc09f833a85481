import { describe, expect, it } from 'vitest';
import { PerWire, SharedReading } from '../../../provider/lifecycle/shared-reading.js';

/** Readings whose end a test decides. */
class Begun {
  readonly readings: { end(value: string): void; fail(): void }[] = [];

  readonly begin = (): Promise<string> =>
    new Promise((resolve, reject) => {
      this.readings.push({ end: resolve, fail: () => reject(new Error('its time was over')) });
    });

  end(index: number, value: string): void {
    this.readings[index]?.end(value);
  }
}

function setting() {
  const shared = new SharedReading<string>();
  const begun = new Begun();
  const time = { now: 10_000 };
  const read = (name: string, after?: number) => shared.read(name, () => time.now, begun.begin, after);
  return { shared, begun, time, read };
}

describe('a reading that serves many', () => {
  it('serves everybody who asks while it is under way', async () => {
    const { begun, read } = setting();
    const all = ['a', 'b', 'c'].map((name) => read(name));
    begun.end(0, 'list');
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual(['list', 'list', 'list']);
    expect(begun.readings).toHaveLength(1);
  });

  it('serves for five seconds from its start, not longer', async () => {
    const { begun, time, read } = setting();
    const first = read('a');
    begun.end(0, 'old');
    await first;
    time.now += 5_000;
    expect((await read('b')).value).toBe('old');
    time.now += 1;
    const later = read('c');
    begun.end(1, 'new');
    expect((await later).value).toBe('new');
    expect(begun.readings).toHaveLength(2);
  });

  it('does not serve a name that we wrote since it began, and still serves the others', async () => {
    const { shared, begun, time, read } = setting();
    const first = read('a');
    time.now += 10;
    shared.wrote('a', time.now);
    begun.end(0, 'old');
    await first;
    expect(shared.serves('a', time.now)).toBe(false);
    expect((await read('b')).value).toBe('old');
    time.now += 10;
    const own = read('a');
    expect(begun.readings).toHaveLength(2);
    begun.end(1, 'new');
    expect((await own).value).toBe('new');
  });

  it('does not serve a name that was written in the very millisecond it began', async () => {
    const { shared, begun, time, read } = setting();
    shared.wrote('a', time.now);
    const first = read('a');
    begun.end(0, 'at the same moment');
    await first;
    expect(shared.serves('a', time.now)).toBe(false);
  });

  it('one that was begun before a moment does not prove what a second look has to prove', async () => {
    const { begun, time, read } = setting();
    const first = read('a');
    begun.end(0, 'first');
    const { at } = await first;
    time.now += 1;
    const second = read('a', at);
    begun.end(1, 'second');
    expect((await second).value).toBe('second');
  });

  it('that fails fails for who began it alone: the others begin one of their own, together', async () => {
    const { begun, read } = setting();
    const starter = read('a');
    const others = [read('b'), read('c')];
    begun.readings[0]?.fail();
    await expect(starter).rejects.toThrow('its time was over');
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun.readings).toHaveLength(2);
    begun.end(1, 'second');
    expect((await Promise.all(others)).map(({ value }) => value)).toEqual(['second', 'second']);
  });

  it('that failed is not kept for those who come later', async () => {
    const { begun, read } = setting();
    const starter = read('a');
    begun.readings[0]?.fail();
    await expect(starter).rejects.toThrow();
    const later = read('b');
    await new Promise((resolve) => setImmediate(resolve));
    begun.end(1, 'second');
    expect((await later).value).toBe('second');
  });

  it('is one for each wire and each name', () => {
    const readings = new PerWire(() => new SharedReading<string>());
    const [one, other] = [{}, {}];
    expect(readings.for(one, 'cn-shanghai')).toBe(readings.for(one, 'cn-shanghai'));
    expect(readings.for(one, 'cn-shanghai')).not.toBe(readings.for(one, 'cn-beijing'));
    expect(readings.for(one, 'cn-shanghai')).not.toBe(readings.for(other, 'cn-shanghai'));
  });
});
