import { fits, type Match } from '../faults/match.js';
import type { JournalEntry } from '../journal.js';
import type { Boundary, Calls } from './calls.js';

export interface ParkRule extends Match {
  readonly boundary: Boundary;
  /** Matches let pass first; default 0. */
  readonly skip?: number | undefined;
  /** How many are held; default 1. */
  readonly times?: number | undefined;
}

/** Requests held at a boundary until they are released. */
export interface Park {
  readonly id: number;
  readonly rule: ParkRule;
  /** The first that came; fails when the emulator is closed before one does. */
  readonly reached: Promise<JournalEntry>;
  /** Those that are held now. */
  held(): readonly JournalEntry[];
  /** They go on, and no other is held. */
  release(): void;
}

interface Held {
  readonly entry: JournalEntry;
  readonly goOn: () => void;
  readonly drop: () => void;
}

/** For tests that have to do something, such as end a process, while a request is at a known place. */
export class Parks {
  readonly #parks = new Map<number, OpenPark>();
  #lastId = 0;

  constructor(readonly calls: Calls) {}

  park(rule: ParkRule): Park {
    this.#lastId += 1;
    const id = this.#lastId;
    const park = new OpenPark(id, rule, this.calls, () => this.#parks.delete(id));
    this.#parks.set(id, park);
    return park;
  }

  list(): Park[] {
    return [...this.#parks.values()];
  }

  /** One, or all of them. */
  release(id?: number): void {
    for (const park of this.list()) if (id === undefined || park.id === id) park.release();
  }

  /** What is held is never carried out: its client is gone with the connections. */
  close(): void {
    for (const park of [...this.#parks.values()]) park.close();
  }
}

class OpenPark implements Park {
  readonly reached: Promise<JournalEntry>;
  #held: Held[] = [];
  #matched = 0;
  readonly #end: () => void;
  readonly #reach: (entry: JournalEntry) => void;
  readonly #giveUp: (error: Error) => void;

  constructor(
    readonly id: number,
    readonly rule: ParkRule,
    calls: Calls,
    forget: () => void,
  ) {
    let reach: (entry: JournalEntry) => void = () => {};
    let giveUp: (error: Error) => void = () => {};
    this.reached = new Promise<JournalEntry>((resolve, reject) => {
      reach = resolve;
      giveUp = reject;
    });
    // Nobody has to wait for it.
    this.reached.catch(() => {});
    this.#reach = reach;
    this.#giveUp = giveUp;
    const unwatch = calls.watch((boundary, entry) => this.#hold(boundary, entry));
    this.#end = () => {
      unwatch();
      forget();
    };
  }

  held(): readonly JournalEntry[] {
    return this.#held.map(({ entry }) => entry);
  }

  release(): void {
    this.#end();
    for (const { goOn } of this.#held.splice(0)) goOn();
    this.#giveUp(new Error('released before a request came'));
  }

  close(): void {
    this.#end();
    for (const { drop } of this.#held.splice(0)) drop();
    this.#giveUp(new Error('the emulator is closed'));
  }

  #hold(boundary: Boundary, entry: JournalEntry): void | Promise<void> {
    if (boundary !== this.rule.boundary || !fits(this.rule, entry)) return;
    const { skip = 0, times = 1 } = this.rule;
    this.#matched += 1;
    if (this.#matched <= skip || this.#matched > skip + times) return;
    const held = new Promise<void>((goOn, reject) => {
      this.#held.push({ entry, goOn, drop: () => reject(new Error('the emulator is closed')) });
    });
    this.#reach(entry);
    return held;
  }
}
