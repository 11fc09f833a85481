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
  b.emulator.addFault(fault);
  if (fault.kind.endsWith('hang')) b.mts.timeout = 300;
  const seen = await b.mts.ok('BindOutputBucket', BIND).then(
    (reply) => `resolved ${Object.keys(reply).join(',')}`,
    (error: { code?: string; name?: string }) => error.code ?? error.name ?? '?',
  );
  return { seen, isBound: !b.emulator.isEmpty() };
}

describe('faults before the effect', () => {
  it.each<[FaultKind, string, number]>([
    ['throttled', 'Throttling.User', 400],
    ['denied', 'AccessDenied', 403],
    ['expired', 'InvalidSecurityToken.Expired', 400],
    ['clock-skew', 'InvalidTimeStamp.Expired', 400],
    ['nonce-used', 'SignatureNonceUsed', 400],
    ['unavailable-503', 'ServiceUnavailable', 503],
    // pop-core looks at Code only and takes this for a success.
    ['error-500-without-code', 'resolved RequestId,Message', 500],
    ['html-502', 'SyntaxError', 502],
    ['empty-body', 'SyntaxError', 503],
    ['reset-before-effect', 'ECONNRESET', 0],
    ['hang', 'RequestTimeoutError', 0],
  ])('%s: the client sees %s and nothing is bound', async (kind, seen, sent) => {
    expect(await bindUnder({ kind })).toEqual({ seen, isBound: false });
    expect(b.emulator.journal()).toMatchObject([{ fault: kind, faultRule: 1, effects: 0, sent }]);
    b.mts.timeout = 3000;
    await b.mts.ok('BindOutputBucket', BIND);
    expect(b.emulator.journal()[1]).toMatchObject({ fault: '', faultRule: 0, effects: 1, sent: 200 });
  });
});

describe('faults after the effect', () => {
  it.each<[FaultKind, string, number]>([
    ['effect-then-reply-lost', 'ECONNRESET', 0],
    ['effect-then-html-502', 'SyntaxError', 502],
    ['effect-then-error-500-without-code', 'resolved RequestId,Message', 500],
    ['effect-then-unavailable-503', 'ServiceUnavailable', 503],
    ['effect-then-nonce-used', 'SignatureNonceUsed', 400],
    ['effect-then-empty-body', 'SyntaxError', 503],
    ['effect-then-half-json', 'SyntaxError', 200],
    ['effect-then-hang', 'RequestTimeoutError', 0],
  ])('%s: the client sees %s and the bucket is bound', async (kind, seen, sent) => {
    expect(await bindUnder({ kind })).toEqual({ seen, isBound: true });
    expect(b.emulator.journal()).toMatchObject([{ status: 200, code: '', fault: kind, effects: 1, sent }]);
  });

  it('effect-then-cut-short: the client sees no reply and the bucket is bound', async () => {
    const { seen, isBound } = await bindUnder({ kind: 'effect-then-cut-short' });
    expect(seen).not.toContain('resolved');
    expect(isBound).toBe(true);
  });

  it('effect-twice: the client sees what the second time answers', async () => {
    expect(await bindUnder({ kind: 'effect-twice' })).toEqual({ seen: 'Bucket.AlreadyBind', isBound: true });
    b.emulator.addFault({ kind: 'effect-twice' });
    expect(await b.mts.fails('UnbindOutputBucket', BIND)).toMatchObject({ code: 'Bucket.NotBind' });
    expect(b.emulator.isEmpty()).toBe(true);
    expect(b.emulator.journal().map((entry) => entry.effects)).toEqual([1, 1]);
  });

  it('slow: the bucket is bound at once and the reply comes later', async () => {
    let isAnswered = false;
    const bound = bindUnder({ kind: 'slow', delayMs: 400 }).finally(() => {
      isAnswered = true;
    });
    await expect.poll(() => b.emulator.isEmpty(), { interval: 5 }).toBe(false);
    expect(isAnswered).toBe(false);
    expect(await bound).toEqual({ seen: 'resolved RequestId', isBound: true });
  });

  it('late-effect: the bucket is bound after the client has given up', async () => {
    b.mts.timeout = 100;
    const given = await bindUnder({ kind: 'late-effect', delayMs: 500 });
    expect(given).toEqual({ seen: 'RequestTimeoutError', isBound: false });
    await expect.poll(() => b.emulator.isEmpty()).toBe(false);
  });

  it('do not hide from the journal that the operation itself failed', async () => {
    b.emulator.bindOutputBucket('out');
    expect(await bindUnder({ kind: 'effect-then-html-502' })).toMatchObject({ seen: 'SyntaxError' });
    expect(b.emulator.journal()).toMatchObject([
      { status: 500, code: 'Bucket.AlreadyBind', effects: 0, sent: 502 },
    ]);
  });
});
