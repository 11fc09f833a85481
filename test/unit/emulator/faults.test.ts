import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '../../../emulator/index.js';
import { type Bench, bench } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

const BIND = { Bucket: 'out' };

/** What the client sees of one bind under a fault, and whether the bucket is bound after it. */
async function bindUnder(fault: Fault): Promise<{ seen: string; isBound: boolean }> {
  b.emulator.addFault({ times: 1, ...fault });
  if (fault.kind === 'effect-then-hang') b.mts.timeout = 300;
  const seen = await b.mts.ok('BindOutputBucket', BIND).then(
    (reply) => `resolved ${Object.keys(reply).join(',')}`,
    (error: { code?: string; name?: string }) => error.code ?? error.name ?? '?',
  );
  return { seen, isBound: !b.emulator.isEmpty() };
}

describe('faults before the effect', () => {
  it.each<[FaultKind, string]>([
    ['throttled', 'Rejected.Throttling'],
    ['denied', 'AccessDenied'],
    ['unavailable-503', 'ServiceUnavailable'],
    // pop-core looks at Code only and takes this for a success.
    ['error-500-without-code', 'resolved RequestId,Message'],
    ['html-502', 'SyntaxError'],
    ['empty-body', 'SyntaxError'],
    ['reset-before-effect', 'ECONNRESET'],
  ])('%s: the client sees %s and nothing is bound', async (kind, seen) => {
    expect(await bindUnder({ kind })).toEqual({ seen, isBound: false });
  });
});

describe('faults after the effect', () => {
  it.each<[FaultKind, string]>([
    ['effect-then-reply-lost', 'ECONNRESET'],
    ['effect-then-html-502', 'SyntaxError'],
    ['effect-then-hang', 'RequestTimeoutError'],
  ])('%s: the client sees %s and the bucket is bound', async (kind, seen) => {
    expect(await bindUnder({ kind })).toEqual({ seen, isBound: true });
    expect(b.emulator.journal()).toMatchObject([{ status: 200, code: '', fault: kind }]);
  });

  it('effect-then-cut-short: the client sees no reply and the bucket is bound', async () => {
    const { seen, isBound } = await bindUnder({ kind: 'effect-then-cut-short' });
    expect(seen).not.toContain('resolved');
    expect(isBound).toBe(true);
  });

  it('slow: the reply comes later', async () => {
    const start = performance.now();
    expect(await bindUnder({ kind: 'slow', delayMs: 50 })).toMatchObject({ isBound: true });
    expect(performance.now() - start).toBeGreaterThan(45);
  });
});

describe('a fault', () => {
  it('meets only the action and link it names, as often as it says', async () => {
    b.emulator.addFault({
      kind: 'unavailable-503',
      action: 'BindOutputBucket',
      linkContains: 'two',
      times: 1,
    });
    await b.mts.ok('ListAllMediaBucket');
    await b.mts.ok('BindOutputBucket', { Bucket: 'one' });
    expect(await b.mts.fails('BindOutputBucket', { Bucket: 'two' })).toMatchObject({ status: 503 });
    await b.mts.ok('BindOutputBucket', { Bucket: 'two' });
  });

  it('can be taken back', async () => {
    b.emulator.addFault({ kind: 'unavailable-503' });
    b.emulator.clearFaults();
    await b.mts.ok('ListAllMediaBucket');
  });
});
