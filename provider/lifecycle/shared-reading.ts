/** Milliseconds from its start for which a reading serves others: the engine sends reads about eight at a time. */
const GOOD_FOR = 5_000;

interface Begun<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/** A reading of many links that serves every one of them who asks soon enough. */
export class SharedReading<T> {
  #begun: Begun<T> | undefined;
  readonly #written = new Map<string, number>();

  /** To be called before and after a request of ours that changes `name`: readings begun before do not show it. */
  wrote(name: string, now: number): void {
    this.#written.set(name, now);
  }

  /** Whether a reading is there, or under way, that may tell of `name`. */
  serves(name: string, now: number, after = Number.NEGATIVE_INFINITY): boolean {
    return this.#usable(name, now, after) !== undefined;
  }

  /**
   * A reading that was begun after our last write of `name` and after the time `after`. Other writes of ours do not
   * spoil it.
   */
  async read(name: string, now: () => number, begin: () => Promise<T>, after?: number): Promise<Reading<T>> {
    for (let usable = this.#usable(name, now(), after); usable; usable = this.#usable(name, now(), after)) {
      try {
        return { at: usable.at, value: await usable.value };
      } catch {
        // It failed for whoever began it, perhaps because their time was over. Ours is not.
        if (this.#begun === usable) this.#begun = undefined;
      }
    }
    const begun = { at: now(), value: begin() };
    this.#begun = begun;
    return { at: begun.at, value: await begun.value };
  }

  #usable(name: string, now: number, after = Number.NEGATIVE_INFINITY): Begun<T> | undefined {
    const begun = this.#begun;
    if (begun === undefined || now - begun.at > GOOD_FOR) return undefined;
    const since = Math.max(after, this.#written.get(name) ?? Number.NEGATIVE_INFINITY);
    return begun.at > since ? begun : undefined;
  }
}

export interface Reading<T> {
  readonly at: number;
  readonly value: T;
}

/** One of something for each wire and each name, made when first asked for. */
export class PerWire<T> {
  readonly #made = new WeakMap<object, Map<string, T>>();

  constructor(readonly make: () => T) {}

  for(wire: object, name: string): T {
    const ofWire = this.#made.get(wire) ?? new Map<string, T>();
    this.#made.set(wire, ofWire);
    const found = ofWire.get(name) ?? this.make();
    ofWire.set(name, found);
    return found;
  }
}
