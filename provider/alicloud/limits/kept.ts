import type { Bound } from './retry.js';
import { Shared } from './shared.js';

/** What is asked for when it is first needed, and kept until it is forgotten. Those who need it at once share the asking. */
export class Kept<T extends object> {
  readonly #obtain: (bound: Bound) => Promise<T>;
  readonly #late: () => Error;
  #value: T | undefined;
  #pending: Shared<T> | undefined;

  /** `late` is for somebody whose time is over before anything went wrong. */
  constructor(obtain: (bound: Bound) => Promise<T>, late: () => Error) {
    this.#obtain = obtain;
    this.#late = late;
  }

  get value(): T | undefined {
    return this.#value;
  }

  async get(bound: Bound): Promise<T> {
    return this.#value ?? this.renewed(bound);
  }

  /** What is asked for now, or is being asked for; until it comes the one before is kept. A failure is not kept. */
  renewed(bound: Bound): Promise<T> {
    if (!this.#pending?.isOpen) {
      const pending: Shared<T> = new Shared(bound, async (shared) => {
        const value = await this.#obtain(shared);
        // After forget() this one is among those to forget.
        if (this.#pending === pending) this.#value = value;
        return value;
      });
      this.#pending = pending;
    }
    return this.#pending.ride(bound, this.#late);
  }

  forget(): void {
    this.#value = undefined;
    this.#pending = undefined;
  }
}
