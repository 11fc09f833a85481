import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, KEY, PAIR, Rpc, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

async function refusals(count: number, call: (i: number) => Promise<unknown>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: count }, (_, i) => call(i)));
  return results.filter((result) => result.status === 'rejected').length;
}

describe('the request limits', () => {
  it('let ListAllMediaBucket through ten times a second', async () => {
    expect(await refusals(12, () => b.mts.ok('ListAllMediaBucket'))).toBe(2);
    b.clock.advance(1000);
    expect(await refusals(10, () => b.mts.ok('ListAllMediaBucket'))).toBe(0);
  });

  it('let every other MTS action through a hundred times a second, each on its own', async () => {
    expect(await refusals(101, (i) => b.mts.ok('BindOutputBucket', { Bucket: `b${i}` }))).toBe(1);
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'b0' });
  });

  it('count an IMM project over all actions', async () => {
    withDataset(b.emulator);
    b.emulator.createProject('q');
    const actions = ['GetProject', 'ListDatasets', 'ListBindings'];
    const call = (i: number) => b.imm.ok(actions[i % 3] ?? '', { ProjectName: 'p' });
    expect(await refusals(101, call)).toBe(1);
    await b.imm.ok('GetProject', { ProjectName: 'q' });
  });

  it('are counted for each account', async () => {
    const other = { accessKeyId: 'other', accessKeySecret: 'other', account: '1000000000000008' };
    await b.emulator.close();
    b = await bench({ keys: [KEY, other] });
    await refusals(10, () => b.mts.ok('ListAllMediaBucket'));
    await new Rpc(b.emulator.url, '2014-06-18', other).ok('ListAllMediaBucket');
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({ code: 'Rejected.Throttling' });
  });

  it('can be changed and taken away', async () => {
    b.emulator.setLimits({ mtsListingPerSecond: 1 });
    expect(await refusals(2, () => b.mts.ok('ListAllMediaBucket'))).toBe(1);
    b.emulator.setLimits(false);
    expect(await refusals(20, () => b.mts.ok('ListAllMediaBucket'))).toBe(0);
    expect(() => b.emulator.setLimits({ mtsPerSecond: -1 })).toThrow('mtsPerSecond');
  });
});

describe('the switches of throttling and denial', () => {
  it.each([
    ['Rejected.Throttling', 400],
    ['Throttling.User', 503],
    ['Throttling', 400],
    ['Throttling.Api', 503],
  ] as const)('MTS answers %s with HTTP %s', async (mtsThrottlingCode, throttlingStatus) => {
    b.emulator.setLimits({ mtsListingPerSecond: 0 });
    b.emulator.set({ mtsThrottlingCode, throttlingStatus });
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({
      code: mtsThrottlingCode,
      status: throttlingStatus,
    });
  });

  it('IMM answers ServiceUnavailable with HTTP 503 unless told otherwise', async () => {
    b.emulator.setLimits({ immProjectPerSecond: 0 });
    expect(await b.imm.fails('GetBinding', PAIR)).toMatchObject({ code: 'ServiceUnavailable', status: 503 });
    b.emulator.set({ immThrottlingCode: 'Throttling.User' });
    expect(await b.imm.fails('GetBinding', PAIR)).toMatchObject({ code: 'Throttling.User', status: 400 });
  });

  it.each(['AccessDenied', 'Forbidden.RAM', 'NoPermission', 'Forbidden'] as const)(
    'RAM denies with %s',
    async (denialCode) => {
      b.emulator.set({ denialCode });
      b.emulator.deny({ action: 'mts:BindOutputBucket' });
      expect(await b.mts.fails('BindOutputBucket', { Bucket: 'out' })).toMatchObject({
        code: denialCode,
        status: 403,
      });
      await b.mts.ok('ListAllMediaBucket');
      b.emulator.allow();
      await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    },
  );

  it('RAM denies one key and not another', async () => {
    b.emulator.deny({ action: '*', accessKeyId: 'another-key' });
    await b.mts.ok('ListAllMediaBucket');
    b.emulator.deny({ action: 'mts:*', accessKeyId: KEY.accessKeyId });
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({ status: 403 });
  });

  it('refuse a name or a value that does not exist, and change nothing', () => {
    const set = (changes: object) => () => b.emulator.set(changes);
    expect(set({ denialCode: 'Nope' })).toThrow('AccessDenied | Forbidden.RAM');
    expect(set({ nope: 1 })).toThrow('no switch is called nope');
    expect(set({ throttlingStatus: 503, recreateWaitMs: -1 })).toThrow('milliseconds');
    expect(b.emulator.switches.throttlingStatus).toBe(400);
  });
});
