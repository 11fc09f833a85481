import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../emulator/index.js';
import { type Bench, bench, KEY, Rpc } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench({ limits: false });
});

afterEach(() => b.emulator.close());

/** For each bind in turn: whether it was struck. */
async function struck(buckets: readonly string[]): Promise<string> {
  let marks = '';
  for (const Bucket of buckets) {
    await b.mts.ok('BindOutputBucket', { Bucket }).catch(() => {});
    marks += b.emulator.journal().at(-1)?.faultRule || '.';
  }
  return marks;
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `b${i}`);

describe('a rule', () => {
  it('strikes once, or as often as it says, after those it lets pass', async () => {
    b.emulator.addFault({ kind: 'unavailable-503' });
    b.emulator.addFault({ kind: 'unavailable-503', skip: 1, times: 2 });
    expect(await struck(names(6))).toBe('1.22..');
    b.emulator.addFault({ kind: 'unavailable-503', times: 'always', skip: 2 });
    expect(await struck(names(6))).toBe('..3333');
  });

  it('meets only the action, the service, the link and the key it names', async () => {
    const other = { accessKeyId: 'other', accessKeySecret: 'other', account: KEY.account };
    await b.emulator.close();
    b = await bench({ keys: [KEY, other], limits: false });
    const rules: Partial<Fault>[] = [
      { action: 'BindInputBucket' },
      { service: 'imm' },
      { linkContains: 'two' },
      { link: 'cn-shanghai/on' },
      { accessKeyId: 'other' },
    ];
    for (const rule of rules) b.emulator.addFault({ kind: 'unavailable-503', ...rule });
    expect(await struck(['one', 'two', 'two', 'one'])).toBe('.3..');
    await b.mts.fails('BindInputBucket', { Bucket: 'one' });
    await b.imm.fails('GetProject', { ProjectName: 'one' });
    await b.mts.fails('BindOutputBucket', { Bucket: 'on' });
    await new Rpc(b.emulator.url, '2014-06-18', other).fails('ListAllMediaBucket');
    expect(b.emulator.journal().map((entry) => entry.faultRule)).toEqual([0, 3, 0, 0, 1, 2, 4, 5]);
  });

  it('leaves the requests an earlier rule strikes uncounted', async () => {
    b.emulator.addFault({ kind: 'unavailable-503', times: 2 });
    b.emulator.addFault({ kind: 'throttled' });
    await struck(names(3));
    expect(b.emulator.faults()).toMatchObject([
      { id: 1, matched: 2, struck: 2 },
      { id: 2, matched: 1, struck: 1, fault: { kind: 'throttled' } },
    ]);
  });

  it('with a probability strikes the same calls for the same seed, in any order', async () => {
    const strike = async (seed: number, buckets: readonly string[]) => {
      b.emulator.clearFaults();
      b.emulator.clearJournal();
      b.emulator.addFault({ kind: 'unavailable-503', probability: 0.3, times: 'always', seed });
      await struck(buckets);
      const hit = b.emulator.journal().filter((entry) => entry.fault !== '');
      return hit.map((entry) => entry.link).sort();
    };
    const first = await strike(7, names(60));
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(30);
    expect(await strike(7, names(60).reverse())).toEqual(first);
    expect(await strike(8, names(60))).not.toEqual(first);
  });

  it('with a probability draws anew each time a call comes again', async () => {
    b.emulator.addFault({ kind: 'unavailable-503', probability: 0.5, times: 'always', seed: 1 });
    const marks = await struck(Array.from({ length: 20 }, () => 'same'));
    expect(marks).toContain('.');
    expect(marks).toContain('1');
  });

  it('strikes nothing that is refused anyway, and uses the nonce of what it strikes', async () => {
    b.emulator.setLimits({ mtsPerSecond: 1 });
    await b.mts.ok('BindOutputBucket', { Bucket: 'one' });
    b.emulator.addFault({ kind: 'unavailable-503' });
    expect(await b.mts.fails('BindOutputBucket', { Bucket: 'two' })).toMatchObject({
      code: 'Rejected.Throttling',
    });
    b.clock.advance(1000);
    const nonce = { SignatureNonce: 'n' };
    await b.mts.fails('ListAllMediaBucket', nonce);
    expect(await b.mts.fails('ListAllMediaBucket', nonce)).toMatchObject({ code: 'SignatureNonceUsed' });
    expect(b.emulator.journal()[2]).toMatchObject({ account: KEY.account, fault: 'unavailable-503' });
  });

  it('can be taken back, one or all', async () => {
    const first = b.emulator.addFault({ kind: 'unavailable-503' });
    b.emulator.addFault({ kind: 'throttled' });
    b.emulator.clearFaults(first);
    expect(await struck(['one'])).toBe('2');
    b.emulator.addFault({ kind: 'throttled' });
    b.emulator.clearFaults();
    expect(await struck(['two'])).toBe('.');
  });

  it.each<[object, string]>([
    [{ kind: 'nope' }, 'no fault is of kind nope'],
    [{ kind: 'throttled', tiems: 1 }, 'a fault has no tiems'],
    [{ kind: 'throttled', times: 0 }, '"times" of a fault must be'],
    [{ kind: 'throttled', probability: 2 }, 'from 0 to 1'],
    [{ kind: 'throttled', status: 404 }, 'must be one of 400, 503, 429'],
    [{ kind: 'html-502', status: 400 }, '"status" of a fault html-502 means nothing'],
    [{ kind: 'hang', delayMs: 1 }, '"delayMs" of a fault hang means nothing'],
    [{ kind: 'denied', retryAfterMs: 1 }, '"retryAfterMs" of a fault denied means nothing'],
    [{ kind: 'stuck-ready', action: 'GetBinding' }, 'must be one of CreateBinding'],
    [{ kind: 'throttled', link: 5 }, '"link" of a fault must be a text'],
  ])('%j is refused', (fault, why) => {
    expect(() => b.emulator.addFault(fault as Fault)).toThrow(why);
    expect(b.emulator.faults()).toEqual([]);
  });
});

describe('throttled', () => {
  it.each([
    [{}, 400, {}],
    [{ status: 503, retryAfterMs: 1500 }, 503, { 'x-acs-retry-after': '1500', 'retry-after': '2' }],
  ])('%j answers %s with the headers %j', async (fields, status, headers) => {
    b.emulator.addFault({ kind: 'throttled', ...fields });
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({ code: 'Throttling.User', status });
    b.emulator.addFault({ kind: 'throttled', action: 'AssumeRoleWithOIDC', ...fields });
    // The one call that needs no signature shows the headers.
    const shown = await headersOf('/?Action=AssumeRoleWithOIDC&Version=2015-04-01');
    const { 'x-acs-retry-after': exact, 'retry-after': seconds } = shown;
    expect(JSON.parse(JSON.stringify({ 'x-acs-retry-after': exact, 'retry-after': seconds }))).toEqual(
      headers,
    );
    expect(b.emulator.statistics()).toMatchObject({ throttled: 2, faults: { throttled: 2 } });
  });
});

describe('expired', () => {
  it('ends a temporary credential after so many requests, and a new one works', async () => {
    const assumed = async () => {
      const reply = await b.sts.ok('AssumeRole', { RoleArn: 'acs:ram::1:role/r', RoleSessionName: 's' });
      const { AccessKeyId, AccessKeySecret, SecurityToken } = reply.Credentials as Record<string, string>;
      const key = { accessKeyId: `${AccessKeyId}`, accessKeySecret: `${AccessKeySecret}` };
      return new Rpc(b.emulator.url, '2014-06-18', { ...key, securityToken: `${SecurityToken}` });
    };
    b.emulator.addFault({ kind: 'expired', action: 'ListAllMediaBucket', skip: 2 });
    const old = await assumed();
    await old.ok('ListAllMediaBucket');
    await old.ok('ListAllMediaBucket');
    for (const action of ['ListAllMediaBucket', 'ListAllMediaBucket', 'BindOutputBucket']) {
      expect(await old.fails(action, { Bucket: 'x' })).toMatchObject({
        code: 'InvalidSecurityToken.Expired',
      });
    }
    await (await assumed()).ok('ListAllMediaBucket');
  });

  it('goes on for a key that is not temporary as long as it is told to', async () => {
    b.emulator.addFault({ kind: 'expired', accessKeyId: KEY.accessKeyId, skip: 2, times: 'always' });
    expect(await struck(names(4))).toBe('..11');
  });
});

function headersOf(path: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const call = request(`${b.emulator.url}${path}`, (reply) => {
      reply.resume();
      resolve(reply.headers);
    });
    call.once('error', reject).end();
  });
}
