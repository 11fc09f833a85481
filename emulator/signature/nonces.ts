import type { Clock } from '../clock.js';

/** A time stamp may lie this far off on either side: api-facts.md §4, more than 15 minutes is refused. */
export const MAX_SKEW = 15 * 60 * 1000;

/** Remembers each nonce as long as a request with its time stamp could still be accepted. */
export class NonceBook {
  readonly #used = new Map<string, number>();

  constructor(readonly clock: Clock) {}

  /** False when this key has used it. */
  use(accessKeyId: string, nonce: string): boolean {
    const now = this.clock.now();
    this.#forget(now);
    const key = `${accessKeyId}\n${nonce}`;
    if (this.#used.has(key)) return false;
    this.#used.set(key, now);
    return true;
  }

  // A Map keeps the order of insertion: the oldest come first.
  #forget(now: number): void {
    for (const [key, at] of this.#used) {
      if (now - at <= 2 * MAX_SKEW) return;
      this.#used.delete(key);
    }
  }
}
