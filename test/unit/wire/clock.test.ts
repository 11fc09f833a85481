import { describe, expect, it } from 'vitest';
import { timeOf } from '../../../provider/alicloud/limits/clock.js';

const HOUR = 3_600_000;

function machine() {
  const readings = { wall: 1_000_000, steady: 5 };
  const now = timeOf({ wall: () => readings.wall, steady: () => readings.steady });
  const pass = (milliseconds: number) => {
    readings.wall += milliseconds;
    readings.steady += milliseconds;
  };
  return { readings, now, pass };
}

describe('the time of the machine', () => {
  it('begins with its clock, and goes on with it', () => {
    const { now, pass } = machine();
    expect(now()).toBe(1_000_000);
    pass(250);
    expect(now()).toBe(1_000_250);
  });

  it('goes on where the clock is set back by an hour, as if nobody had', () => {
    const { readings, now, pass } = machine();
    readings.wall -= HOUR;
    expect(now()).toBe(1_000_000);
    pass(600_000);
    expect(now()).toBe(1_600_000);
  });

  it('notices an hour of sleep, in which only the clock goes on', () => {
    const { readings, now } = machine();
    readings.wall += HOUR;
    expect(now()).toBe(1_000_000 + HOUR);
  });
});
