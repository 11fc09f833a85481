import { Kept } from '../limits/kept.js';
import type { Bound } from '../limits/retry.js';
import type { Credentials } from '../records/redact.js';

export interface Session {
  readonly credentials: Credentials;
  /** Milliseconds of the local clock, as the other. */
  readonly refreshAt: number;
  readonly expiresAt: number;
}

/** After a refresh failed before the end of a session, how long the session is used without another try. */
const PAUSE = 30_000;
/** How long a refresh may take while the session before it is still good. */
const PATIENCE = 10_000;
/** For how long a session is used at least: whether it is over is for the service to say, since clocks differ. */
const LEAST = 30_000;

/** A session that was given at `now`, for so many milliseconds. */
export function sessionFor(credentials: Credentials, lifetime: number, now: number): Session {
  const used = Math.max(LEAST, lifetime);
  return { credentials, refreshAt: now + used - Math.min(300_000, used / 4), expiresAt: now + used };
}

/** The time that a reply names as its end, in milliseconds; NaN for any other text. */
export function endIn(expiration: unknown): number {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  return typeof expiration === 'string' && isTime.test(expiration) ? Date.parse(expiration) : Number.NaN;
}

/** Keeps one session; concurrent callers share one request for it. */
export class SessionCache {
  readonly #kept: Kept<Session>;
  #pauseUntil = 0;

  constructor(obtain: (bound: Bound) => Promise<Session>, late: () => Error) {
    this.#kept = new Kept(obtain, late);
  }

  async get(bound: Bound): Promise<Credentials> {
    const { clock } = bound;
    const current = this.#kept.value;
    const isOver = () => current === undefined || clock.now() >= current.expiresAt;
    if (current === undefined || isOver()) return (await this.#kept.renewed(bound)).credentials;
    if (clock.now() < Math.max(current.refreshAt, this.#pauseUntil)) return current.credentials;
    const deadline = Math.min(bound.deadline, clock.now() + PATIENCE);
    try {
      return (await this.#kept.renewed({ ...bound, deadline })).credentials;
    } catch {
      bound.signal?.throwIfAborted();
      if (isOver()) return (await this.#kept.renewed(bound)).credentials;
      this.#pauseUntil = clock.now() + PAUSE;
      return current.credentials;
    }
  }

  forget(): void {
    this.#kept.forget();
    this.#pauseUntil = 0;
  }
}
