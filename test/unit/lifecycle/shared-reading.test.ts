import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Moment, moment } from '../../../provider/lifecycle/evidence.js';
import { SharedReading } from '../../../provider/lifecycle/shared-reading.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const GATHER = 100;

function shared(gather = GATHER) {
  const reading = new SharedReading<string>(1_000, gather);
  let begun = 0;
  const begin = async () => `reading ${++begun}`;
  return {
    wrote: (name: string) => reading.wrote(name),
    read: (name: string, after?: Moment) => reading.read(name, world.operation(), 'reading', begin, after),
  };
}

describe('a reading that many share', () => {
  it('begins at once where nothing asks for a younger one, and serves for a second', async () => {
    const { read } = shared();
    expect((await read('a')).value).toBe('reading 1');
    world.clock.advance(1_000);
    expect((await read('b')).value).toBe('reading 1');
    expect(world.clock.slept).toEqual([]);
    world.clock.advance(1);
    expect((await read('b')).value).toBe('reading 2');
  });

  it('after a write waits a moment, and serves all whose writes end meanwhile', async () => {
    const { read, wrote } = shared();
    let go = () => {};
    world.clock.held = new Promise((done) => {
      go = done;
    });
    const readings = [];
    for (const name of ['a', 'b', 'c']) {
      wrote(name);
      readings.push(read(name));
      // The one before waits already.
      await new Promise((done) => setImmediate(done));
    }
    const lastWrite = moment();
    world.clock.held = undefined;
    go();
    for (const { value, begun } of await Promise.all(readings)) {
      expect(value).toBe('reading 1');
      expect(begun).toBeGreaterThan(lastWrite);
    }
    expect(world.clock.slept).toEqual([GATHER]);
  });

  it('never serves whose write ended after it began', async () => {
    const { read, wrote } = shared();
    wrote('a');
    const { begun } = await read('a');
    wrote('b');
    const later = await read('b');
    expect(later.value).toBe('reading 2');
    expect(later.begun).toBeGreaterThan(begun);
    // Nor who has seen it already, and looks again.
    expect((await read('b', moment())).value).toBe('reading 3');
  });

  it('that has ended serves whoever needs no younger one, while another waits for others', async () => {
    const { read, wrote } = shared();
    await read('a');
    let go = () => {};
    world.clock.held = new Promise((done) => {
      go = done;
    });
    wrote('a');
    const younger = read('a');
    expect((await read('b')).value).toBe('reading 1');
    world.clock.held = undefined;
    go();
    expect((await younger).value).toBe('reading 2');
  });

  it('is not waited for where it gathers nobody', async () => {
    const { read, wrote } = shared(0);
    wrote('a');
    await read('a');
    expect(world.clock.slept).toEqual([]);
  });
});
