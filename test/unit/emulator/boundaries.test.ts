import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOUNDARIES, type JournalEntry } from '../../../emulator/index.js';
import { type Bench, bench } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

const BIND = { Bucket: 'out' };

/** The boundaries one request comes to, with whether the bucket is bound there. */
async function passed(call: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const stop = b.emulator.onCall(async (boundary, entry) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(`${boundary} ${entry.action} ${entry.status} ${b.emulator.isEmpty() ? 'free' : 'bound'}`);
  });
  await call();
  await expect
    .poll(() => seen.length, { timeout: 300 })
    .toBe(4)
    .catch(() => {});
  stop();
  return seen;
}

describe('onCall', () => {
  it('is waited for at each boundary of a request', async () => {
    expect(await passed(() => b.mts.ok('BindOutputBucket', BIND))).toEqual([
      'arrived BindOutputBucket 0 free',
      'before-effect BindOutputBucket 0 free',
      'after-effect BindOutputBucket 200 bound',
      'after-reply BindOutputBucket 200 bound',
    ]);
    await b.mts.fails('BindOutputBucket', BIND);
  });

  it('is not told of a reply that was lost, nor of an effect that was not done', async () => {
    b.emulator.addFault({ kind: 'throttled' });
    b.emulator.addFault({ kind: 'effect-then-reply-lost' });
    const bind = () => b.mts.ok('BindOutputBucket', BIND).catch(() => {});
    const names = (lines: string[]) => lines.map((line) => line.split(' ')[0]);
    expect(names(await passed(bind))).toEqual(['arrived', 'after-reply']);
    expect(names(await passed(bind))).toEqual(['arrived', 'before-effect', 'after-effect']);
  });

  it('may add the fault of the very request that arrived', async () => {
    b.emulator.onCall((boundary) => {
      if (boundary === 'arrived') b.emulator.addFault({ kind: 'unavailable-503' });
    });
    expect(await b.mts.fails('BindOutputBucket', BIND)).toMatchObject({ status: 503 });
  });
});

describe('a park', () => {
  it.each(BOUNDARIES.slice(0, 3))('holds a request %s until it is released', async (boundary) => {
    const park = b.emulator.park({ boundary, action: 'BindOutputBucket', linkContains: 'out' });
    await b.mts.ok('BindOutputBucket', { Bucket: 'another' });
    const bound = b.mts.ok('BindOutputBucket', BIND);
    const entry: JournalEntry = await park.reached;
    expect(entry).toMatchObject({ link: 'cn-shanghai/out', status: boundary === 'after-effect' ? 200 : 0 });
    const isBound = b.emulator.mediaBuckets().some(({ bucket }) => bucket === 'out');
    expect(isBound).toBe(boundary === 'after-effect');
    expect(park.held()).toHaveLength(1);
    await b.mts.ok('ListAllMediaBucket');
    park.release();
    await bound;
    expect(b.emulator.parks()).toEqual([]);
  });

  it('lets a request go on whose client is gone', async () => {
    b.mts.timeout = 300;
    const park = b.emulator.park({ boundary: 'before-effect' });
    await expect(b.mts.ok('BindOutputBucket', BIND)).rejects.toMatchObject({ name: 'RequestTimeoutError' });
    expect(b.emulator.isEmpty()).toBe(true);
    park.release();
    await expect.poll(() => b.emulator.isEmpty()).toBe(false);
  });

  it('holds only after those it lets pass, and as many as it says', async () => {
    const park = b.emulator.park({ boundary: 'arrived', skip: 1, times: 2 });
    const calls = Promise.all([1, 2, 3, 4].map((n) => b.mts.ok('BindOutputBucket', { Bucket: `b${n}` })));
    await expect.poll(() => b.emulator.journal().length).toBe(2);
    expect(park.held()).toHaveLength(2);
    park.release();
    await calls;
  });

  it('is not carried out when the emulator is closed', async () => {
    const park = b.emulator.park({ boundary: 'before-effect' });
    const never = b.emulator.park({ boundary: 'arrived', action: 'GetProject' });
    const bound = b.mts.ok('BindOutputBucket', BIND);
    await park.reached;
    await b.emulator.close();
    await expect(bound).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(never.reached).rejects.toThrow('closed');
    expect(b.emulator.isEmpty()).toBe(true);
    b = await bench();
  });
});
