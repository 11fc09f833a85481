import { Kept } from '../kept.js';
import type { Credentials } from '../redact.js';
import type { Bound } from '../retry.js';

export interface Session {
  readonly credentials: Credentials;
  /** Milliseconds of the local clock. */
  readonly refreshAt: number;
  /** Undefined where a library renews them: they are asked for at each use. */
  readonly expiresAt: number | undefined;
}

/** After a refresh failed before the end of a session, how long the session is used without another try. */
const PAUSE = 30_000;
/** How long a refresh may take while the session before it is still good. */
const PATIENCE = 10_000;

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
    const isOver = () => current?.expiresAt === undefined || clock.now() >= current.expiresAt;
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
