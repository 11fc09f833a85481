import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../../../provider/alicloud/answers/error-codes.js';
import {
  CancelledError,
  ConfigurationError,
  CredentialsError,
  TransportError,
  UnavailableError,
} from '../../../provider/alicloud/answers/errors.js';
import { proofOf } from '../../../provider/alicloud/answers/proof.js';
import { type Bound, isRetryable, retrying } from '../../../provider/alicloud/limits/retry.js';
import { VirtualClock } from '../../support/lifecycle/lifecycle-world.js';

const coded = (code: string, retryAfter?: number, status = 400) =>
  errorOf({
    service: 'imm',
    action: 'CreateBinding',
    code,
    status,
    text: 'why',
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
const lost = (mayHaveHappened: boolean) =>
  new TransportError('imm', 'CreateBinding', 'ECONNRESET', mayHaveHappened);

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
});

const bound = (more: Partial<Bound> = {}): Bound => ({
  clock,
  deadline: clock.now() + 600_000,
  random: () => 0.5,
  ...more,
});

/** Fails with these, then succeeds. */
function failing(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
}

describe('which failures', () => {
  it.each([
    ['Throttling.User', true, 'not done'],
    ['ServiceUnavailable', true, 'nothing'],
    ['InternalError', true, 'nothing'],
    ['SignatureNonceUsed', true, 'nothing'],
    // A deleted binding may bar its own name for a while.
    ['StatusConflict', true, 'not done'],
    ['ResourceAlreadyExists', false, 'not done'],
    ['ResourceNotFound', false, 'not done'],
    ['InvalidArgument', false, 'not done'],
    ['Forbidden.RAM', false, 'not done'],
    ['InvalidSecurityToken.Expired', false, 'not done'],
    ['Nobody.Knows', false, 'nothing'],
  ])('%s: tried again %s, proves %s', (code, retryable, proof) => {
    expect([isRetryable(coded(code)), proofOf(coded(code))]).toEqual([retryable, proof]);
  });

  it.each([
    ['QpsLimitExceeded', 429, true],
    ['ServiceTimeout', 503, true],
    ['InternalServerError', 500, true],
    ['SomethingNew', 404, false],
    ['SomethingNew', 403, false],
  ])(
    '%s, which no table has, with HTTP %i: by its status tried again %s, and proves nothing',
    (code, status, retryable) => {
      const error = coded(code, undefined, status);
      expect([isRetryable(error), proofOf(error)]).toEqual([retryable, 'nothing']);
    },
  );

  it('a code that a table has keeps its class whatever the status', () => {
    expect(proofOf(coded('ResourceAlreadyExists', undefined, 500))).toBe('not done');
    expect(isRetryable(coded('Forbidden.RAM', undefined, 503))).toBe(false);
  });

  it('a request without an answer is tried again, and looked after where it may have arrived', () => {
    expect([isRetryable(lost(true)), proofOf(lost(true))]).toEqual([true, 'nothing']);
    expect([isRetryable(lost(false)), proofOf(lost(false))]).toEqual([true, 'not done']);
  });

  it('an error that nobody knows may have come after the first byte', () => {
    expect([isRetryable(new Error('ours')), proofOf(new Error('ours'))]).toEqual([false, 'nothing']);
    expect(proofOf(new ConfigurationError(['no key']))).toBe('not done');
    expect(proofOf(new CredentialsError('no key'))).toBe('not done');
    expect(proofOf(new CancelledError())).toBe('not done');
  });

  it('a source of credentials that is away is asked again, and the request that needs them was not sent', () => {
    const away = new UnavailableError('it answered with HTTP 503', 'Check it.', 'answered');
    expect([isRetryable(away), proofOf(away)]).toEqual([true, 'not done']);
    const none = new CredentialsError('it answered with HTTP 403');
    expect([isRetryable(none), proofOf(none)]).toEqual([false, 'not done']);
  });
});

describe('the pause before a try', () => {
  it.each([
    ['InternalError', '20 s', [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]],
    // The limiter makes it wait besides.
    ['Throttling', '1 s', [250, 500, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]],
  ])('after %s is anywhere from nothing to a ceiling that doubles up to %s', async (code, _, ceilings) => {
    for (const share of [0, 0.5, 1 - Number.EPSILON]) {
      clock = new VirtualClock();
      const failures = Array.from({ length: 10 }, () => coded(code));
      await retrying(bound({ random: () => share }), failing(...failures));
      clock.slept.forEach((pause, index) => {
        expect(pause).toBeCloseTo(share * (ceilings[index] ?? 0), 3);
      });
      expect(clock.slept).toHaveLength(10);
    }
  });

  it('is never shorter than the service asked for', async () => {
    for (const random of [() => 0, () => 0.99]) {
      clock = new VirtualClock();
      await retrying(bound({ random }), failing(coded('Throttling', 7_000), coded('Throttling', 30_000)));
      expect(clock.slept[0]).toBeGreaterThanOrEqual(7_000);
      expect(clock.slept[1]).toBeGreaterThanOrEqual(30_000);
      expect(clock.slept[1]).toBeLessThan(30_500);
    }
  });

  it('is announced, so that a long wait shows that it is alive', async () => {
    const announced: [string, number, number][] = [];
    const paused = (error: Error, pause: number, tries: number) =>
      announced.push([error.message, pause, tries]);
    await retrying(bound({ paused }), failing(coded('Throttling'), lost(true)));
    expect(announced).toEqual([
      [coded('Throttling').message, 125, 1],
      [lost(true).message, 250, 2],
    ]);
  });
});

describe('trying', () => {
  it('counts the tries and gives the first success', async () => {
    const tries: number[] = [];
    const result = await retrying(bound(), async (count) => {
      tries.push(count);
      if (count < 3) throw coded('Throttling');
      return count;
    });
    expect([result, tries]).toEqual([3, [1, 2, 3]]);
  });

  it('ends at once with what no other try can change', async () => {
    const error = coded('InvalidArgument');
    await expect(retrying(bound(), failing(coded('Throttling'), error))).rejects.toBe(error);
    expect(clock.slept).toHaveLength(1);
  });

  it('ends with the last failure before its time is over, whatever the service asks for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 600_000 }),
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.05, max: 0.999, noNaN: true }),
        async (time, asked, share) => {
          // The shortest pauses of ten minutes are of 50 ms.
          clock = new VirtualClock(12_100);
          const deadline = clock.now() + time;
          let tries = 0;
          let last: Error | undefined;
          const work = async () => {
            last = coded('Throttling', asked[tries++ % asked.length]);
            throw last;
          };
          const failure = retrying(bound({ deadline, random: () => share }), work).catch((error) => error);
          expect(await failure).toBe(last);
          expect(clock.now()).toBeLessThanOrEqual(deadline);
          expect(tries).toBeGreaterThan(0);
        },
      ),
    );
  }, 30_000);

  it('names the cause, and not that the last try was cut off by the end of the time', async () => {
    const reset = lost(false);
    const cutOff = async () => {
      clock.advance(900);
      throw new TransportError('imm', 'CreateBinding', 'no connection within 900 ms', false);
    };
    let tries = 0;
    const deadline = clock.now() + 1_025;
    const work = () => (tries++ === 0 ? Promise.reject(reset) : cutOff());
    await expect(retrying(bound({ deadline }), work)).rejects.toBe(reset);
    expect([tries, clock.now()]).toEqual([2, deadline]);
  });

  it('says that the last try may have arrived, whatever failed before', async () => {
    const unanswered = lost(true);
    const deadline = clock.now() + 200;
    const work = failing(lost(false), unanswered);
    const late = bound({ deadline, paused: () => clock.advance(74) });
    await expect(retrying(late, work)).rejects.toBe(unanswered);
  });

  it('of what only asks names the cause, too, where the last try may have arrived', async () => {
    const throttled = coded('Throttling');
    const deadline = clock.now() + 200;
    const late = bound({ deadline, paused: () => clock.advance(74) });
    await expect(retrying(late, failing(throttled, lost(true)), false)).rejects.toBe(throttled);
  });

  it('begins no try when a pause ended late', async () => {
    const reset = lost(false);
    const late = bound({ deadline: clock.now() + 200, paused: () => clock.advance(80) });
    await expect(retrying(late, failing(reset, lost(true)))).rejects.toBe(reset);
  });

  it('sends once where the time is over already', async () => {
    const error = coded('Throttling');
    await expect(retrying(bound({ deadline: clock.now() }), failing(error))).rejects.toBe(error);
    expect(clock.slept).toEqual([]);
  });

  it('ends with the reason of an abort, in a try and in a pause', async () => {
    const stop = new AbortController();
    const reason = new Error('the person pressed Ctrl-C');
    const inTry = retrying(bound({ signal: stop.signal }), async () => {
      stop.abort(reason);
      throw lost(true);
    });
    await expect(inTry).rejects.toBe(reason);

    const pausing = new AbortController();
    const paused = () => pausing.abort(reason);
    const inPause = retrying(bound({ signal: pausing.signal, paused }), failing(coded('Throttling')));
    await expect(inPause).rejects.toBe(reason);
  });
});
