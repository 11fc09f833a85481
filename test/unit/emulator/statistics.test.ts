import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, Rpc } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

async function results(count: number, call: (i: number) => Promise<unknown>): Promise<number> {
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, i) => call(i)));
  return settled.filter(({ status }) => status === 'fulfilled').length;
}

describe('statistics', () => {
  it('count requests, codes, throttled replies and what was under way at once', async () => {
    const park = b.emulator.park({ boundary: 'arrived', times: 12 });
    const calls = results(12, () => b.mts.ok('ListAllMediaBucket'));
    await expect.poll(() => park.held().length).toBe(12);
    park.release();
    expect(await calls).toBe(10);
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    expect(b.emulator.statistics()).toEqual({
      requests: 13,
      actions: { 'mts:ListAllMediaBucket': 12, 'mts:BindOutputBucket': 1 },
      throttled: 2,
      codes: { 'Rejected.Throttling': 2 },
      faults: {},
      connections: 12,
      mostConcurrentRequests: 12,
      mostConcurrentConnections: 12,
    });
  });

  it('leave control requests and their connections out', async () => {
    await fetch(`${b.emulator.url}/_emulator/health`);
    expect(b.emulator.statistics()).toMatchObject({ requests: 0, connections: 0, mostConcurrentRequests: 0 });
  });

  it('begin again when they are cleared, with the connections that are open', async () => {
    await b.mts.ok('ListAllMediaBucket');
    b.emulator.clearStatistics();
    await b.mts.ok('ListAllMediaBucket');
    expect(b.emulator.statistics()).toMatchObject({ requests: 1, connections: 1 });
  });
});

describe('the quotas of an account', () => {
  it('count MTS over all actions, whatever the limits of one action', async () => {
    b.emulator.setLimits({ mtsAccountPerSecond: 20 });
    const bind = await results(15, (i) => b.mts.ok('BindOutputBucket', { Bucket: `b${i}` }));
    const list = await results(15, () => b.mts.ok('ListAllMediaBucket'));
    expect([bind, list]).toEqual([15, 5]);
    b.clock.advance(1000);
    // The eleventh is refused by the limit of its action, and leaves the account its share.
    expect(await results(11, () => b.mts.ok('ListAllMediaBucket'))).toBe(10);
    expect(await results(15, (i) => b.mts.ok('UnbindOutputBucket', { Bucket: `b${i}` }))).toBe(10);
  });

  it('count IMM over all projects', async () => {
    for (const name of ['p', 'q']) b.emulator.createProject(name);
    b.emulator.setLimits({ immAccountPerSecond: 20 });
    const calls = (count: number) =>
      results(count, (i) => b.imm.ok('GetProject', { ProjectName: i % 2 ? 'p' : 'q' }));
    expect(await calls(30)).toBe(20);
    expect(b.emulator.statistics().throttled).toBe(10);
    await new Rpc(b.emulator.url, '2014-06-18').ok('ListAllMediaBucket');
  });
});

describe('latency', () => {
  it('delays every request by so many milliseconds of real time', async () => {
    await b.emulator.close();
    b = await bench({ latency: 60 });
    const start = performance.now();
    await b.mts.ok('ListAllMediaBucket');
    expect(performance.now() - start).toBeGreaterThan(55);
    b.emulator.setLatency(0);
    await b.mts.ok('ListAllMediaBucket');
  });
});
