import type { Clock } from '../clock.js';
import type { Credentials } from '../redact.js';

export interface Session {
  readonly credentials: Credentials;
  /** Milliseconds of the local clock; undefined where they do not end, or where a library renews them. */
  readonly refreshAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** After a refresh failed before the end of a session, how long the session is used without another try. */
const PAUSE = 30_000;

/** Keeps one session; concurrent callers share one request for it. */
export class SessionCache {
  #current: Session | undefined;
  #pending: Promise<Session> | undefined;
  #pauseUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly obtain: () => Promise<Session>,
  ) {}

  async get(): Promise<Credentials> {
    const current = this.#current;
    const now = this.clock.now();
    if (current && now < Math.max(current.refreshAt ?? Number.POSITIVE_INFINITY, this.#pauseUntil)) {
      if (now < (current.expiresAt ?? Number.POSITIVE_INFINITY)) return current.credentials;
    }
    try {
      return (await this.#obtainOnce()).credentials;
    } catch (error) {
      if (current?.expiresAt === undefined || this.clock.now() >= current.expiresAt) throw error;
      this.#pauseUntil = this.clock.now() + PAUSE;
      return current.credentials;
    }
  }

  forget(): void {
    this.#current = undefined;
    this.#pending = undefined;
    this.#pauseUntil = 0;
  }

  #obtainOnce(): Promise<Session> {
    if (this.#pending) return this.#pending;
    const pending = this.obtain().then(
      (session) => {
        // After forget() this answer is one of those to forget.
        if (this.#pending === pending) {
          this.#current = session;
          this.#pending = undefined;
        }
        return session;
      },
      (error: unknown) => {
        if (this.#pending === pending) this.#pending = undefined;
        throw error;
      },
    );
    this.#pending = pending;
    return pending;
  }
}
