import {
  ConflictError,
  NotFoundError,
  type ServiceError,
  UnknownCodeError,
} from '../alicloud/answers/errors.js';
import { proofOf } from '../alicloud/answers/proof.js';
import { type Asked, type Moment, moment } from './evidence.js';
import { DoubtfulLinkError, ParentMissingError } from './failures.js';
import { type Found, judged } from './find-link.js';
import { WaitForHeld } from './held.js';
import type { Holdings } from './holdings.js';
import type { Properties } from './lifecycle.js';
import { isOlder, type Link, writtenAt } from './link.js';
import type { Operation } from './operation.js';
import { removedAbove, removedAt, removedBelow, removedLink, removingLink } from './removed.js';
import { SeenSinceError, unlessFresh } from './sending.js';
import { doubtOf } from './standing.js';

/** How a delete ended. */
export type Removed<T> =
  /** Without a RequestId the reply was lost, and a look showed what it would have said. */
  | { readonly is: 'removed'; readonly requestId: string | undefined }
  | { readonly is: 'gone' }
  /** Another of the same name, which is left alone. */
  | { readonly is: 'theirs'; readonly found: T };

/** A try that the service refused for the sake of what is held. */
interface Refused {
  readonly is: 'held';
  readonly holdings: Holdings;
}

/** Removes the link that a state means, and no other: whose it is stands before each request that removes. */
export async function removeLink<T>(
  operation: Operation,
  link: Link<T>,
  outputs: Properties,
): Promise<Removed<T>> {
  const removing = new Removing(operation, link, outputs);
  const wait = new WaitForHeld(operation, link);
  for (;;) {
    const ended = await operation
      .retrying((tries) => removing.try(tries))
      .catch((error: unknown) => {
        throw wait.insteadOf(error);
      });
    if (ended === 'again') continue;
    if (ended.is === 'held') {
      await wait.next(ended.holdings);
      continue;
    }
    if (ended.is !== 'theirs') removedLink(operation, link);
    return ended;
  }
}

/** Milliseconds for which a delete that was acknowledged may go on, whatever the window is. */
const SENT_AGAIN_AFTER = 5_000;

/** Milliseconds for which the service may count what was removed: nobody knows how long. */
const STILL_COUNTED = 5 * 60_000;

class Removing<T> {
  readonly #operation: Operation;
  readonly #link: Link<T>;
  readonly #outputs: Properties;
  /** A try of this run may have removed it. */
  #hasTried = false;
  /** The RequestId of the try that was acknowledged. */
  #acknowledged: string | undefined;
  #after: Moment | undefined;

  constructor(operation: Operation, link: Link<T>, outputs: Properties) {
    this.#operation = operation;
    this.#link = link;
    this.#outputs = outputs;
  }

  async try(tries: number): Promise<Removed<T> | 'again' | Refused> {
    // Where nobody can tell one from another, a first look would tell nothing that the request itself does not.
    const isAsked = this.#link.hasIdentity || this.#isDoubtful || this.#hasTried;
    const seen = isAsked ? await this.#find() : undefined;
    const settled = this.#settles(seen);
    if (settled !== undefined) return settled;
    // The request may wait for its turn for as long as somebody needs to make another one in its place.
    const before = unlessFresh(this.#operation, async () => {
      const now = isAsked ? await this.#find() : undefined;
      if (this.#settles(now) !== undefined) throw new SeenSinceError(now);
    });
    let requestId: string;
    removingLink(this.#operation, this.#link);
    try {
      ({ requestId } = await this.#link.remove({ tries, before }));
    } catch (error) {
      if (error instanceof SeenSinceError) return this.#settles(error.seen as Found<T>) ?? 'again';
      if (proofOf(error) === 'nothing') {
        this.#hasTried = true;
        this.#after = moment();
      }
      const holdings = await this.#heldBy(error);
      if (holdings !== undefined) return { is: 'held', holdings };
      if (!(error instanceof NotFoundError || error instanceof UnknownCodeError)) throw error;
      return this.#notFound(error);
    }
    this.#acknowledged = requestId;
    return this.#link.showsItsEnd ? this.#untilGone(requestId) : { is: 'removed', requestId };
  }

  /**
   * What it holds, where the service refuses it for the sake of that. A code that no table has may say so, too: where a
   * listing shows something or cannot be seen, or something below was removed a moment ago, which the service may still
   * count.
   */
  async #heldBy(error: unknown): Promise<Holdings | undefined> {
    const { id, holds } = this.#link;
    const mayBe = error instanceof ConflictError || error instanceof UnknownCodeError;
    if (holds === undefined || !mayBe) return undefined;
    const { held, unseen } = await holds();
    const below = removedBelow(this.#operation, id);
    const isCounted = below !== undefined && this.#operation.serviceNow() < below + STILL_COUNTED;
    const isHeld = error instanceof ConflictError || held.length > 0 || unseen.length > 0 || isCounted;
    return isHeld ? { held, unseen, refusal: error } : undefined;
  }

  /** It was acknowledged; what reads show of it follows. */
  #untilGone(requestId: string): Promise<Removed<T> | 'again'> {
    const again = this.#operation.now() + Math.max(this.#operation.consistencyWindow, SENT_AGAIN_AFTER);
    return this.#operation.until('waiting until it is deleted', async (saw) => {
      const seen = await this.#lookAgain('listed');
      if (seen.is === 'gone' || (seen.is === 'theirs' && !this.#isBeforeOurs(seen)))
        return { is: 'removed', requestId };
      if (seen.is !== 'ours') return undefined;
      saw(this.#link.show(seen.found));
      // Whoever acknowledged it did not do it.
      return this.#operation.now() >= again ? 'again' : undefined;
    });
  }

  /**
   * The service says that it is not there, or what nobody knows to mean that. A reply that was lost may have been the
   * success, and reads may be behind it; and what an earlier run sent may still arrive.
   */
  async #notFound(refusal: ServiceError): Promise<Removed<T> | 'again'> {
    // It had been done, and only reads have not noticed yet.
    if (this.#acknowledged !== undefined && refusal instanceof NotFoundError) return this.#ended();
    // Of a create that was acknowledged the service knows; of one in doubt what was sent may still arrive, and a code that
    // nobody knows says nothing.
    const isTold = refusal instanceof NotFoundError && !this.#isDoubtful;
    const mayCome = () => !isTold && this.#isYoung;
    let wasMissing = false;
    let last: Found<T> | undefined;
    const ended = await this.#operation.beyondWindow<Removed<T> | 'again' | 'not shown'>(
      this.#operation.serviceNow(),
      async () => {
        const seen = await this.#lookAgain(mayCome() ? 'listed' : 'confirmed');
        last = seen;
        if (seen.is === 'theirs') return this.#isYoung && this.#isBeforeOurs(seen) ? undefined : seen;
        if (seen.is === 'ours') return wasMissing ? 'again' : undefined;
        if (mayCome()) {
          wasMissing = seen.is === 'gone';
          return undefined;
        }
        return seen.is === 'gone' ? this.#ended() : 'not shown';
      },
      'it is looked whether it is gone',
    );
    // The service's own not-found needs no proof by a listing that may be cut off, only no contradiction.
    if (ended === 'not shown' && refusal instanceof NotFoundError) return this.#ended();
    if (ended === undefined && last?.is === 'gone') return this.#ended();
    if (ended === undefined || ended === 'not shown') throw refusal;
    return ended;
  }

  /** What a look says that leaves nothing to be sent. */
  #settles(seen: Found<T> | undefined): Removed<T> | undefined {
    if (seen?.is === 'theirs') return seen;
    return seen?.is === 'gone' && !this.#isYoung ? this.#ended() : undefined;
  }

  #ended(): Removed<T> {
    const requestId = this.#acknowledged;
    return this.#hasTried || requestId !== undefined ? { is: 'removed', requestId } : { is: 'gone' };
  }

  /** What is there. Reads may still show one that was before ours: until they must not, nobody knows what a delete would hit. */
  async #find(): Promise<Found<T>> {
    let older: Found<T> | undefined;
    const found = await this.#operation.beyondWindow(
      writtenAt(this.#outputs),
      async () => {
        const seen = await this.#lookAgain('confirmed');
        older = this.#isBeforeOurs(seen) ? seen : undefined;
        return older === undefined ? seen : undefined;
      },
      'one that is older is shown, so it is looked whether reads are behind',
    );
    return found ?? older ?? { is: 'gone' };
  }

  #isBeforeOurs(seen: Found<T>): boolean {
    return seen.is === 'theirs' && isOlder(this.#link.madeAt(seen.found), writtenAt(this.#outputs));
  }

  async #look(absence: Asked['absence']): Promise<Found<T>> {
    const { title, adoptedBy } = this.#link;
    const evidence = await this.#link.look({ absence, after: this.#after }).catch((error: unknown) => {
      // What it hangs on was removed by this run, which the service refuses while the link is there; and ours was sent.
      const isSent = this.#hasTried || this.#acknowledged !== undefined;
      if (!(isSent && error instanceof ParentMissingError && removedAbove(this.#operation, this.#link)))
        throw error;
      return { is: 'absent' } as const;
    });
    const seen = judged(this.#operation, this.#link, this.#outputs, evidence);
    if (seen.is === 'not known') {
      if (!this.#mayTakeOver) throw new DoubtfulLinkError(title, adoptedBy, writtenAt(this.#outputs));
      return { is: 'ours', found: seen.found };
    }
    return seen;
  }

  async #lookAgain(absence: Asked['absence']): Promise<Found<T>> {
    const seen = await this.#look(absence);
    this.#after = moment();
    return seen;
  }

  /** Whether what was written last may not be shown yet, so that nothing proves that it is missing. */
  get #isYoung(): boolean {
    // What this process has removed itself it has made before, if at all.
    if (removedAt(this.#operation, this.#link) !== undefined) return false;
    return this.#operation.youth(writtenAt(this.#outputs)) > 0;
  }

  get #isDoubtful(): boolean {
    return doubtOf(this.#outputs) !== undefined;
  }

  get #mayTakeOver(): boolean {
    return this.#outputs.adopt === true || this.#operation.adopts(this.#link.adoptedBy);
  }
}
