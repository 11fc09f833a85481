import { TransportError } from '../alicloud/answers/errors.js';
import type { Clock } from '../alicloud/limits/clock.js';
import { Heartbeat } from '../alicloud/limits/heartbeat.js';
import { type Bound, retrying } from '../alicloud/limits/retry.js';
import { Shared } from '../alicloud/limits/shared.js';
import type { Answer, Request, Wire } from '../alicloud/sending/wire.js';
import { sayDuration } from './duration.js';
import { AccountMismatchError, WaitTimeoutError } from './failures.js';
import type { Sending } from './sending.js';

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
  /** What this run knows of whose another resource is; undefined: nothing. */
  ownerOf?(title: string, id: string): string | undefined;
  /** The program has the resource still, or has it by other names: its delete is half of a replacement. */
  readonly isReplaced?: boolean;
}

const POLL_FIRST = 300;
const POLL_LONGEST = 5_000;
/** What the last look of a wait has left: at the deadline itself it could only fail, and hide what was seen before. */
const LAST_LOOK = 5_000;

/** Sends requests, each within the time that is left. */
export class Sender {
  readonly #wire: Wire;
  readonly #bound: Bound;

  constructor(wire: Wire, bound: Bound) {
    this.#wire = wire;
    this.#bound = bound;
  }

  /** Sends once. For a request whose second try needs a look first. */
  once(request: Request, number: number): Promise<Answer> {
    return this.#wire.send(request, this.#bound, number);
  }

  /** Sends until answered. For a request that may be sent again without harm. */
  request(request: Request): Promise<Answer> {
    const changes = request.changes !== undefined;
    return retrying(this.#bound, (number) => this.once(request, number), changes);
  }

  /** Waits before it sends, for as long as anybody waits for it, and not beyond the time that is left. */
  pause(milliseconds: number): Promise<void> {
    const { clock, deadline, signal } = this.#bound;
    return clock.sleep(Math.min(milliseconds, Math.max(0, deadline - clock.now())), signal);
  }
}

/** One run of one step of a lifecycle: its time, its voice, and its way to the wire. */
export class Operation {
  readonly kind: Kind;
  readonly started: number;
  readonly deadline: number;
  readonly #options: OperationOptions;
  readonly #heartbeat: Heartbeat;
  readonly #bound: Bound;
  readonly #sender: Sender;

  constructor(options: OperationOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.started = options.clock.now();
    this.deadline = this.started + options.timeout;
    this.#heartbeat = new Heartbeat(options.clock);
    this.#bound = this.#makeBound();
    this.#sender = new Sender(options.wire, this.#bound);
  }

  /** The resource that it is about, for a line that stands alone. */
  get subject(): string {
    return this.#options.subject;
  }

  now(): number {
    return this.#options.clock.now();
  }

  /** The time by the clock of the service, as far as a reply of this run told it; else by ours. */
  serviceNow(): number {
    return this.now() + (this.#options.wire.clockOffset ?? 0);
  }

  /** For how long after a write reads may not show it, in milliseconds. */
  get consistencyWindow(): number {
    return this.#options.wire.consistencyWindow;
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

  ownerOf(title: string, id: string): string | undefined {
    return this.#options.ownerOf?.(title, id);
  }

  get isReplaced(): boolean {
    return this.#options.isReplaced === true;
  }

  account(): Promise<string | undefined> {
    return this.#options.wire.account(this.#bound);
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
    return this.#sender.once(request, number);
  }

  /** The same, and what has to hold is looked at again when its turn has come. */
  send(request: Request, { tries, before }: Sending): Promise<Answer> {
    return this.#sender.once({ ...request, before }, tries);
  }

  /** Sends until answered. For a request that may be sent again without harm. */
  request(request: Request): Promise<Answer> {
    return this.#sender.request(request);
  }

  retrying<T>(work: (tries: number) => Promise<T>): Promise<T> {
    return retrying(this.#bound, work);
  }

  /** Begins work that other operations may wait for, too. */
  share<T>(work: (sender: Sender) => Promise<T>): Shared<T> {
    return new Shared(this.#bound, (bound) => work(new Sender(this.#options.wire, bound)));
  }

  /** Waits for shared work, for as long as this operation may take. */
  ride<T>(shared: Shared<T>, what: string): Promise<T> {
    const late = () => new WaitTimeoutError(what, this.now() - this.started, 'no answer', this.kind);
    return shared.ride(this.#bound, late);
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
      }).catch((error: unknown) => {
        // At the very end no reply can come in time: what was seen before says more than that.
        const isAtEnd = error instanceof TransportError && clock.now() + pause >= this.deadline;
        if (!isAtEnd || seen === 'nothing') throw error;
        throw new WaitTimeoutError(what, clock.now() - started, seen, this.kind);
      });
      if (result !== undefined) return result;
      if (clock.now() + pause >= this.deadline) {
        throw new WaitTimeoutError(what, clock.now() - started, seen, this.kind);
      }
      this.#alive(`${what}: ${seen}, ${sayDuration(clock.now() - started)}`);
      await clock.sleep(pause, signal);
    }
  }

  /** Waits before another try, and says why; false where the time of the operation would be over by then. */
  async pause(why: string, milliseconds: number): Promise<boolean> {
    const { clock, signal } = this.#options;
    if (clock.now() + milliseconds >= this.deadline) return false;
    this.#alive(`${why}, ${sayDuration(clock.now() - this.started)}`);
    await clock.sleep(milliseconds, signal);
    return true;
  }

  /**
   * Looks; and where nothing is found, looks again until the time is over in which the service may not show yet what was
   * written at `written`, a time of its clock. Undefined then means that it is not there. Fails where the operation's
   * own time is over before: what was not shown by then proves nothing.
   */
  async beyondWindow<T>(
    written: number | undefined,
    look: () => Promise<T | undefined>,
    why = 'not found; it was made a moment ago, so it is looked for',
  ): Promise<T | undefined> {
    const { clock, signal } = this.#options;
    // A clock that is wrong can put the write into the future; the window is not longer for that.
    const end = this.now() + Math.min(this.consistencyWindow, this.youth(written));
    for (let pause = POLL_FIRST; ; pause = Math.min(POLL_LONGEST, pause * 1.5)) {
      const found = await look();
      const left = end - this.now();
      if (found !== undefined || left <= 0) return found;
      const wait = Math.min(pause, left);
      if (this.now() + wait > this.deadline - LAST_LOOK)
        throw new WaitTimeoutError(why, this.now() - this.started, 'no change', this.kind);
      this.#alive(`${why} ${sayDuration(left)} longer`);
      await clock.sleep(wait, signal);
    }
  }

  /** For how long from now reads may not show what was written at a time of the service's clock; 0 where it is not known. */
  youth(written: number | undefined): number {
    if (written === undefined || Number.isNaN(written)) return 0;
    return Math.max(0, written + this.consistencyWindow - this.serviceNow());
  }

  #alive(text: string): void {
    // Shown beside the resource, so without its name.
    this.say('status', text);
    if (!this.#heartbeat.isDue()) return;
    this.say('info', `${this.#options.subject}: ${text}`);
  }

  #makeBound(): Bound {
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
