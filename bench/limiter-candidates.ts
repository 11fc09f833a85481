import type { Clock } from '../provider/alicloud/limits/clock.js';
import { Limiter } from '../provider/alicloud/limits/limiter.js';

/** What the wire asks of a limiter. */
export interface Rate {
  reserve(): number;
  answered(): void;
  throttled(): void;
}

export interface LimiterRule {
  readonly name: string;
  /** How long a throttled request pauses at most, besides waiting for its turn: a second, or twenty. */
  readonly pauses: 'short' | 'long';
  make(clock: Clock, random: () => number, documented: number): Rate;
}

const SECOND = 1000;
const none: Rate = { reserve: () => 0, answered: () => {}, throttled: () => {} };

/** A log of what was sent: so many requests in each second. */
class SlidingLog {
  readonly #sent: number[] = [];

  take(now: number, rate: number): number {
    const before = this.#sent.at(-Math.max(1, Math.floor(rate)));
    const at = before === undefined ? now : Math.max(now, before + (rate < 1 ? SECOND / rate : SECOND));
    this.#sent.push(at);
    if (this.#sent.length > 4000) this.#sent.splice(0, 2000);
    return at;
  }
}

interface Adapting {
  /** The rate after a throttled answer; `granted` were answered in the second before it. */
  cut(rate: number, granted: number): number;
  /** The rate after a second without a throttled answer. */
  climb(rate: number): number;
  /** Also spreads the requests evenly: this part of the distance at the rate. */
  readonly pace?: number;
}

/** Cuts at a throttled answer, once a second at the most, and climbs each second without one. */
const adapting =
  ({ cut, climb, pace }: Adapting): LimiterRule['make'] =>
  (clock, _, documented) => {
    const log = new SlidingLog();
    let answers: number[] = [];
    let rate = documented;
    let changed = Number.NEGATIVE_INFINITY;
    let even = 0;
    const isTime = (now: number) => now - changed >= SECOND;
    return {
      reserve() {
        const now = clock.now();
        let at = log.take(now, rate);
        if (pace !== undefined && rate < documented) {
          at = Math.max(at, even);
          even = at + (SECOND / rate) * pace;
        }
        return at - now;
      },
      answered() {
        const now = clock.now();
        answers.push(now);
        if (rate === documented || !isTime(now)) return;
        changed = now;
        rate = Math.min(documented, climb(rate));
      },
      throttled() {
        const now = clock.now();
        if (!isTime(now)) return;
        changed = now;
        answers = answers.filter((time) => time > now - SECOND);
        rate = Math.max(1, cut(rate, answers.length));
      },
    };
  };

/** Looks back at the end of each second: keeps what was granted where some were refused, else climbs. */
const eachSecond =
  (floor: number, tolerated: number): LimiterRule['make'] =>
  (clock, _, documented) => {
    const log = new SlidingLog();
    let rate = documented;
    let second = -1;
    let granted = 0;
    let refused = 0;
    const turn = () => {
      const now = Math.floor(clock.now() / SECOND);
      if (now === second) return;
      if (refused > granted * tolerated) {
        rate = Math.max(1, Math.min(rate, Math.max(granted, floor * rate)) + 1);
      } else if (granted >= 0.8 * Math.floor(rate)) {
        rate = Math.min(documented, rate * 1.1 + 0.5);
      }
      second = now;
      granted = 0;
      refused = 0;
    };
    return {
      reserve() {
        turn();
        const now = clock.now();
        return log.take(now, rate) - now;
      },
      answered() {
        turn();
        granted++;
      },
      throttled() {
        turn();
        refused++;
      },
    };
  };

const short = (name: string, make: LimiterRule['make']): LimiterRule => ({ name, pauses: 'short', make });

/** AIMD: the rate falls to a part of it and climbs by a constant. */
const aimd = (part: number, step: number) =>
  short(
    `to ${part}, then +${step} a second`,
    adapting({ cut: (rate) => rate * part, climb: (rate) => rate + step }),
  );

/** As AIMD, but never above a multiple of what the service has just granted. */
const measured = (part: number, times: number, step: number, pace?: number) =>
  short(
    `to ${part}, at most ${times} × granted, then +${step}${pace === undefined ? '' : ', evenly spread'}`,
    adapting({
      cut: (rate, granted) => Math.min(rate * part, Math.max(granted, 1) * times),
      climb: (rate) => rate + step,
      ...(pace !== undefined && { pace }),
    }),
  );

export const CANDIDATES: readonly LimiterRule[] = [
  { name: 'full jitter alone, up to 20 s', pauses: 'long', make: () => none },
  short('full jitter alone, up to 1 s', () => none),
  aimd(0.5, 1),
  aimd(0.7, 1),
  aimd(0.85, 0.5),
  aimd(0.85, 1),
  aimd(0.8, 2),
  aimd(0.9, 2),
  measured(0.9, 1, 0.5),
  measured(0.9, 0.95, 1),
  measured(0.9, 0.95, 1, 0.9),
  measured(0.8, 1.5, 2),
  measured(0.8, 2, 2),
  short('what the last second granted', eachSecond(0.5, 0.2)),
  short('the same, slower to fall', eachSecond(0.7, 0.5)),
];

/** The provider's own. */
export const CHOSEN = short(
  "**the provider's limiter**",
  (clock, _, documented) => new Limiter(documented, clock),
);
