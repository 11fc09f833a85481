import type { Shared } from '../alicloud/limits/shared.js';
import { type Moment, moment } from './evidence.js';
import type { Operation, Sender } from './operation.js';

export interface Reading<T> {
  /** When it was begun: it shows nothing that was written after this. */
  readonly begun: Moment;
  readonly value: T;
}

interface UnderWay<T> {
  /** Undefined while it waits for others. */
  begun: Moment | undefined;
  readonly shared: Shared<Reading<T>>;
}

interface Ended<T> {
  readonly begun: Moment;
  readonly shared: Shared<Reading<T>>;
  /** By the clock. */
  readonly at: number;
}

/** A reading of many links that serves every one of them who asks soon enough. */
export class SharedReading<T> {
  #last: UnderWay<T> | undefined;
  /** The one that ended last: whoever needs no younger one waits for nobody. */
  #ended: Ended<T> | undefined;
  readonly #written = new Map<string, Moment>();
  readonly #goodFor: number;
  readonly #gather: number;

  /**
   * `goodFor` is for how many milliseconds from its end a reading serves others: the engine sends reads about eight at a time.
   * `gather` is for how many a reading that has to follow a write or a look of its asker waits for others to whom
   * the same happens: otherwise each of them needs one of its own.
   */
  constructor(goodFor: number, gather = 0) {
    this.#goodFor = goodFor;
    this.#gather = gather;
  }

  /** To be called before and after a request of ours that changes `name`: readings begun before do not show it. */
  wrote(name: string): void {
    this.#written.set(name, moment());
  }

  /**
   * A reading that was begun after our last write of `name` and after the moment `after`; other writes of ours do not
   * spoil it. It goes on for as long as anybody waits for it, and each waits for as long as its own operation may.
   */
  async read(
    name: string,
    operation: Operation,
    what: string,
    begin: (sender: Sender) => Promise<T>,
    after: Moment = 0,
  ): Promise<Reading<T>> {
    const since = Math.max(after, this.#written.get(name) ?? 0);
    const shared = this.#usable(since, operation.now()) ?? this.#begin(operation, begin, since);
    return operation.ride(shared, what);
  }

  #usable(since: Moment, now: number): Shared<Reading<T>> | undefined {
    const [ended, last] = [this.#ended, this.#last];
    if (ended !== undefined && ended.begun > since && now - ended.at <= this.#goodFor) return ended.shared;
    if (last === undefined || (last.begun !== undefined && last.begun <= since)) return undefined;
    // However long it takes, it serves those that come meanwhile: of a long listing one for each would be too many.
    return last.shared.isOpen ? last.shared : undefined;
  }

  #begin(operation: Operation, begin: (sender: Sender) => Promise<T>, since: Moment): Shared<Reading<T>> {
    const shared = operation.share(async (sender) => {
      try {
        if (since > 0 && this.#gather > 0) await sender.pause(this.#gather);
        const begun = moment();
        reading.begun = begun;
        const value = await begin(sender);
        if (begun > (this.#ended?.begun ?? 0)) this.#ended = { begun, shared, at: operation.now() };
        return { begun, value };
      } finally {
        if (this.#last === reading) this.#last = undefined;
      }
    });
    const reading: UnderWay<T> = { begun: undefined, shared };
    this.#last = reading;
    return shared;
  }
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
