import type { JournalEntry } from '../journal.js';

/**
 * Where a test can stop a request. `arrived`: it is read, nothing is checked. `before-effect`: it is in order and its
 * operation is about to be carried out. `after-effect`: that is done, also when it answered an error, and it is in the
 * journal. `after-reply`: the reply is with the operating system. A request that is refused or struck by a fault
 * does not come to all of them.
 */
export const BOUNDARIES = ['arrived', 'before-effect', 'after-effect', 'after-reply'] as const;

export type Boundary = (typeof BOUNDARIES)[number];

/** The entry as far as it is known: before the effect `sequence` and `status` are 0. */
export type OnCall = (boundary: Boundary, entry: JournalEntry) => void | Promise<void>;

/** Who is asked at each boundary. A request waits there until they are done. */
export class Calls {
  readonly #watchers = new Set<OnCall>();

  /** Without watchers a request must not pay for an entry nobody looks at. */
  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Gives the function that ends it. */
  watch(onCall: OnCall): () => void {
    // Wrapped, so that the same function twice is two watchers.
    const watcher: OnCall = (boundary, entry) => onCall(boundary, entry);
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  async reach(boundary: Boundary, entry: () => JournalEntry): Promise<void> {
    if (!this.isWatched) return;
    const shown = entry();
    for (const watcher of [...this.#watchers]) await watcher(boundary, shown);
  }
}
