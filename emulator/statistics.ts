import type { JournalEntry } from './journal.js';

/** What the requests so far add up to. Control requests and their connections are not in it. */
export interface Statistics {
  readonly requests: number;
  /** By `service:action`, as RAM names it. */
  readonly actions: Readonly<Record<string, number>>;
  /** Replies that say throttled, by a limit or by a fault. */
  readonly throttled: number;
  /** By code of the journal; without the successes. */
  readonly codes: Readonly<Record<string, number>>;
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly connections: number;
  /** Under way at the same time: from their first byte until their reply is out or their connection closed. */
  readonly mostConcurrentRequests: number;
  /** Open at the same time, each counted from its first request. */
  readonly mostConcurrentConnections: number;
}

export class StatisticsKeeper {
  #actions = new Map<string, number>();
  #codes = new Map<string, number>();
  #faults = new Map<string, number>();
  #throttled = 0;
  #connections = 0;
  #requestsNow = 0;
  #connectionsNow = 0;
  #mostRequests = 0;
  #mostConnections = 0;
  #total = 0;

  connectionOpened(): void {
    this.#connections += 1;
    this.#connectionsNow += 1;
    this.#mostConnections = Math.max(this.#mostConnections, this.#connectionsNow);
  }

  connectionClosed(): void {
    this.#connectionsNow -= 1;
  }

  requestBegan(): void {
    this.#requestsNow += 1;
    this.#mostRequests = Math.max(this.#mostRequests, this.#requestsNow);
  }

  requestEnded(): void {
    this.#requestsNow -= 1;
  }

  throttled(): void {
    this.#throttled += 1;
  }

  answered({ service, action, code, fault }: JournalEntry): void {
    this.#total += 1;
    add(this.#actions, `${service}:${action}`);
    if (code !== '') add(this.#codes, code);
    if (fault !== '') add(this.#faults, fault);
  }

  shown(): Statistics {
    return {
      requests: this.#total,
      actions: Object.fromEntries(this.#actions),
      throttled: this.#throttled,
      codes: Object.fromEntries(this.#codes),
      faults: Object.fromEntries(this.#faults),
      connections: this.#connections,
      mostConcurrentRequests: this.#mostRequests,
      mostConcurrentConnections: this.#mostConnections,
    };
  }

  /** What is under way or open goes on counting. */
  clear(): void {
    this.#actions = new Map();
    this.#codes = new Map();
    this.#faults = new Map();
    this.#throttled = 0;
    this.#total = 0;
    this.#connections = this.#connectionsNow;
    this.#mostConnections = this.#connectionsNow;
    this.#mostRequests = this.#requestsNow;
  }
}

// A client chooses the action: as a name among others, and not without end.
const MOST_NAMES = 1000;

function add(counts: Map<string, number>, name: string): void {
  const known = counts.has(name) || counts.size < MOST_NAMES ? name : 'others';
  counts.set(known, (counts.get(known) ?? 0) + 1);
}
