import { type Clock, systemClock } from '../../../provider/alicloud/limits/clock.js';
import type { Bound } from '../../../provider/alicloud/limits/retry.js';

/** The bound of somebody who has so much time from now on. */
export function within(seconds: number, clock: Clock = systemClock): Bound {
  return { clock, deadline: clock.now() + seconds * 1000, random: () => 0.5 };
}
