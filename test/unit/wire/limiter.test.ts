import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../provider/alicloud/limits/clock.js';
import { Limiter, Limiters } from '../../../provider/alicloud/limits/limiter.js';

class HeldClock implements Clock {
  #now = 1_000_000;

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(): Promise<void> {
    throw new Error('a limiter does not sleep');
  }

  alarm(): never {
    throw new Error('a limiter sets no alarm');
  }
}

/** When so many requests that all come now are sent. */
function timesOf(limiter: Limiter, clock: Clock, count: number): number[] {
  return Array.from({ length: count }, () => clock.now() + limiter.reserve());
}

/** The most that any second holds, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
}

describe('the limiter of one quota', () => {
  it.each([1, 10, 100])('of %i a second never sends more than that in any second', (rate) => {
    const clock = new HeldClock();
    const limiter = new Limiter(rate, clock);
    const times = timesOf(limiter, clock, 4 * rate);
    clock.advance(700);
    times.push(...timesOf(limiter, clock, 3 * rate));
    clock.advance(9_300);
    times.push(...timesOf(limiter, clock, 6 * rate));
    expect(mostInASecond(times)).toBe(rate);
  });

  it('sends at the documented rate: the first at once, the last not later than it must', () => {
    const clock = new HeldClock();
    const times = timesOf(new Limiter(100, clock), clock, 1_000);
    expect(times.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => clock.now()));
    // Nine windows of a second and a little.
    expect((times.at(-1) ?? 0) - clock.now()).toBeLessThanOrEqual(9 * 1_050);
  });

  it('keeps no place for a caller whose time ends before its turn', () => {
    const clock = new HeldClock();
    const limiter = new Limiter(10, clock);
    timesOf(limiter, clock, 10);
    for (let tries = 0; tries < 100; tries++) expect(limiter.reserve(500)).toBe(1_050);
    expect(limiter.reserve(2_000)).toBe(1_050);
  });

  it('falls by a fifth when the service throttles, once a second however many answers say so', () => {
    const clock = new HeldClock();
    const limiter = new Limiter(100, clock);
    for (let answers = 0; answers < 50; answers++) limiter.throttled();
    expect(limiter.rate).toBe(80);
    clock.advance(1_000);
    limiter.throttled();
    expect(limiter.rate).toBe(64);
  });

  it('keeps to the rate that it fell to', () => {
    const clock = new HeldClock();
    const limiter = new Limiter(100, clock);
    limiter.throttled();
    expect(mostInASecond(timesOf(limiter, clock, 400))).toBe(80);
  });

  it('never falls below one a second, and never stops', () => {
    const clock = new HeldClock();
    const limiter = new Limiter(10, clock);
    for (let seconds = 0; seconds < 60; seconds++) {
      limiter.throttled();
      clock.advance(1_000);
    }
    expect(limiter.rate).toBe(1);
    const [first = 0, second = 0] = timesOf(limiter, clock, 2);
    expect(second - first).toBeLessThanOrEqual(1_050);
  });

  it('finds the documented rate again, and goes no further', () => {
    const clock = new HeldClock();
    const limiter = new Limiter(100, clock);
    for (let seconds = 0; seconds < 10; seconds++) {
      limiter.throttled();
      clock.advance(1_000);
    }
    let before = limiter.rate;
    expect(before).toBeLessThan(15);
    for (let seconds = 0; seconds < 60; seconds++) {
      for (let answers = 0; answers < 20; answers++) limiter.answered();
      // Sums of fractions are not exact.
      expect(limiter.rate - before).toBeLessThan(2.001);
      before = limiter.rate;
      clock.advance(1_000);
    }
    expect(limiter.rate).toBe(100);
  });

  it('shares an account: two that know nothing of each other come to similar rates, at most of the quota', () => {
    const clock = new HeldClock();
    const quota = 100;
    const limiters = [new Limiter(quota, clock), new Limiter(quota, clock)];
    // The other one is there already, at the whole rate; this one came down before.
    for (let seconds = 0; seconds < 5; seconds++) {
      limiters[0]?.throttled();
      clock.advance(1_000);
    }
    let admitted = 0;
    const seconds = 120;
    const next = limiters.map(() => clock.now());
    for (let second = 0; second < seconds; second++) {
      const end = clock.now() + 1_000;
      let left = quota;
      while (clock.now() < end) {
        for (const [index, limiter] of limiters.entries()) {
          if ((next[index] ?? 0) > clock.now()) continue;
          next[index] = clock.now() + limiter.reserve();
          if (left > 0) {
            left--;
            admitted++;
            limiter.answered();
          } else limiter.throttled();
        }
        clock.advance(2);
      }
    }
    const [one = 0, other = 0] = limiters.map(({ rate }) => rate);
    expect(admitted / seconds).toBeGreaterThan(0.85 * quota);
    expect(Math.abs(one - other)).toBeLessThan(0.35 * quota);
  });
});

describe('which requests share a quota', () => {
  const limiters = new Limiters(new HeldClock());
  const [here, there] = ['https://one.example', 'https://two.example'];

  it('MPS: an endpoint and an action; the listing is the slow one', () => {
    const bind = limiters.for('mts', here, 'BindOutputBucket', undefined);
    expect(limiters.for('mts', here, 'BindOutputBucket', undefined)).toBe(bind);
    expect(limiters.for('mts', here, 'UnbindOutputBucket', undefined)).not.toBe(bind);
    expect(limiters.for('mts', there, 'BindOutputBucket', undefined)).not.toBe(bind);
    expect(bind.rate).toBe(100);
    expect(limiters.for('mts', here, 'ListAllMediaBucket', undefined).rate).toBe(10);
  });

  it('IMM: an endpoint and a project, over all actions', () => {
    const create = limiters.for('imm', here, 'CreateBinding', 'media');
    expect(limiters.for('imm', here, 'GetBinding', 'media')).toBe(create);
    expect(limiters.for('imm', here, 'CreateBinding', 'other')).not.toBe(create);
    expect(limiters.for('imm', there, 'CreateBinding', 'media')).not.toBe(create);
    expect(create.rate).toBe(100);
  });

  it('a throttled answer to one quota leaves the others as they are', () => {
    const quotas = new Limiters(new HeldClock());
    quotas.for('mts', here, 'BindOutputBucket', undefined).throttled();
    expect(quotas.for('mts', here, 'BindOutputBucket', undefined).rate).toBe(80);
    expect(quotas.for('mts', here, 'UnbindOutputBucket', undefined).rate).toBe(100);
  });
});
