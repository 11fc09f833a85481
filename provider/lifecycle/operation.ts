import type { Clock } from '../alicloud/clock.js';
import { Heartbeat } from '../alicloud/heartbeat.js';
import { type Bound, retrying } from '../alicloud/retry.js';
import type { Answer, Request, Wire } from '../alicloud/wire.js';
import type { ResourceDescription } from './description.js';
import { sayDuration } from './duration.js';
import { AccountMismatchError, WaitTimeoutError } from './failures.js';

export type Kind = 'create' | 'read' | 'update' | 'delete';
/** `status` is what a resource waits for just now: shown while it lasts, where the host can. */
export type Severity = 'debug' | 'info' | 'warning' | 'status';

export interface OperationOptions {
  readonly kind: Kind;
  /** `imm.DatasetBinding cn-shanghai/…`: what the operation is about, for lines that stand alone. */
  readonly subject: string;
  readonly wire: Wire;
  readonly clock: Clock;
  random(): number;
  /** Milliseconds that the whole operation may take. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly adoptable: ReadonlySet<string>;
  say(severity: Severity, text: string): void;
}

const POLL_FIRST = 300;
const POLL_LONGEST = 5_000;
/** What the last look of a wait has left: at the deadline itself it could only fail, and hide what was seen before. */
const LAST_LOOK = 5_000;

/** One run of one step of a lifecycle: its time, its voice, and its way to the wire. */
export class Operation {
  readonly kind: Kind;
  readonly started: number;
  readonly deadline: number;
  readonly #options: OperationOptions;
  readonly #heartbeat: Heartbeat;

  constructor(options: OperationOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.started = options.clock.now();
    this.deadline = this.started + options.timeout;
    this.#heartbeat = new Heartbeat(options.clock);
  }

  now(): number {
    return this.#options.clock.now();
  }

  /** The time by the clock of the service, as far as a reply of this run told it. */
  serviceNow(): number | undefined {
    const { clockOffset } = this.#options.wire;
    return clockOffset === undefined ? undefined : this.now() + clockOffset;
  }

  /** What is shared by the operations that use the same credentials, as a key. */
  get wire(): object {
    return this.#options.wire;
  }

  say(severity: Severity, text: string): void {
    this.#options.say(severity, text);
  }

  /** Whether this run was told to take over the link of this id. */
  adopts(id: string): boolean {
    return this.#options.adoptable.has(id);
  }

  account(): Promise<string | undefined> {
    return this.#options.wire.account(this.#bound());
  }

  /** Fails before any request about a link that belongs to another account than the credentials. */
  async requireAccount(stored: unknown): Promise<string | undefined> {
    const current = await this.account();
    if (typeof stored === 'string' && current !== undefined && stored !== current) {
      throw new AccountMismatchError(stored, current, this.#options.wire.accountSource);
    }
    return current;
  }

  /** Sends once. For a request whose second try needs a look first. */
  once(request: Request, number: number): Promise<Answer> {
    return this.#options.wire.send(request, this.#bound(), number);
  }

  /** Sends until answered. For a request that may be sent again without harm. */
  request(request: Request): Promise<Answer> {
    return this.retrying((number) => this.once(request, number));
  }

  retrying<T>(work: (tries: number) => Promise<T>): Promise<T> {
    return retrying(this.#bound(), work);
  }

  /**
   * Asks again and again until `done`, which answers undefined while the wait goes on and is given a way to say
   * what it saw.
   */
  async until<T>(what: string, done: (saw: (seen: string) => void) => Promise<T | undefined>): Promise<T> {
    const { clock, signal } = this.#options;
    const started = clock.now();
    let seen = 'nothing';
    for (let pause = POLL_FIRST; ; pause = Math.min(POLL_LONGEST, pause * 1.5)) {
      const result = await done((text) => {
        seen = text;
      });
      if (result !== undefined) return result;
      if (clock.now() + pause >= this.deadline) {
        throw new WaitTimeoutError(what, clock.now() - started, seen, this.kind);
      }
      this.#alive(`${what}: ${seen}, ${sayDuration(clock.now() - started)}`);
      await clock.sleep(pause, signal);
    }
  }

  /**
   * Looks; and where nothing is found of a link made a moment ago, looks again until the time is over in which the
   * service may not show it yet. `age` is how long ago it was made, in milliseconds.
   */
  async beyondWindow<T>(
    age: () => number,
    look: () => Promise<T | undefined>,
    why = 'not found; it was made a moment ago, so it is looked for',
  ): Promise<T | undefined> {
    const { clock, signal } = this.#options;
    const { consistencyWindow } = this.#options.wire;
    const end = Math.min(this.deadline - LAST_LOOK, this.now() + consistencyWindow);
    for (let pause = POLL_FIRST; ; pause = Math.min(POLL_LONGEST, pause * 1.5)) {
      const found = await look();
      // A clock that is wrong can make the age negative; the end holds all the same.
      const left = Math.min(consistencyWindow - age(), end - this.now());
      if (found !== undefined || !(left > 0)) return found;
      this.#alive(`${why} ${sayDuration(left)} longer`);
      await clock.sleep(Math.min(pause, left), signal);
    }
  }

  /** Says what a delete did; without the RequestId of one there was nothing to delete. */
  deleted(
    { stops }: ResourceDescription,
    title: string,
    action: string,
    account: string | undefined,
    requestId: string | undefined,
  ): void {
    const of = `(account ${account ?? 'not asked'}`;
    if (requestId === undefined) this.say('info', `${title}: already gone ${of}).`);
    else this.say('info', `${title}: ${action} ${of}, RequestId ${requestId}). ${stops}`);
  }

  #alive(text: string): void {
    // Shown beside the resource, so without its name.
    this.say('status', text);
    if (!this.#heartbeat.isDue()) return;
    this.say('info', `${this.#options.subject}: ${text}`);
  }

  #bound(): Bound {
    const { clock, signal, random } = this.#options;
    return {
      clock,
      deadline: this.deadline,
      ...(signal === undefined ? {} : { signal }),
      random,
      paused: (error, pause, tries) =>
        this.#alive(
          `${error.message}; try ${tries + 1} in ${sayDuration(pause)}, ${sayDuration(this.now() - this.started)} so far`,
        ),
    };
  }
}
