import { ExistsError } from '../alicloud/answers/errors.js';
import { proofOf } from '../alicloud/answers/proof.js';
import { type Evidence, type Moment, moment } from './evidence.js';
import {
  HalfMadeError,
  LinkExistsError,
  NotToBeTakenError,
  UnseenLinkError,
  WaitTimeoutError,
} from './failures.js';
import type { Properties } from './lifecycle.js';
import { isOlder, type Link, whose } from './link.js';
import type { Operation } from './operation.js';
import { madeLink, removedAt } from './removed.js';
import { SeenSinceError, unlessFresh } from './sending.js';
import { type Doubt, doubtOf, keeping, standingOf } from './standing.js';

/** A link that is to be made. */
export interface LinkToMake<T> extends Link<T> {
  readonly account: string | undefined;
  /** The resource says `adopt: true`. */
  readonly adopt: boolean;
  /** The inputs; and of a create that an earlier run left in doubt, what the state keeps. */
  readonly properties: Properties;
}

/**
 * Looks, then makes. A link that is there already is refused, or taken over where somebody said so. A link that
 * was missing when we looked and is there after a try whose outcome is not known is our own, if its time fits.
 * Where that cannot be found out before the time is over, the link is kept in the state as in doubt, and the next
 * run finds out.
 */
export async function makeLink<T>(operation: Operation, link: LinkToMake<T>): Promise<T> {
  const making = new Making(operation, link);
  try {
    const made = await operation.retrying((tries) => making.try(tries));
    madeLink(operation, link);
    return made;
  } catch (error) {
    const { doubt } = making;
    // What it has sent may be there.
    if (making.hasTried) madeLink(operation, link);
    if (doubt === undefined || error instanceof LinkExistsError || error instanceof NotToBeTakenError)
      throw error;
    const { claim } = standingOf(link.properties);
    throw new HalfMadeError(link.id, keeping(link.properties, { claim, unfinished: doubt }), error as Error);
  }
}

class Making<T> {
  readonly #operation: Operation;
  readonly #link: LinkToMake<T>;
  /** The tries whose outcome is not known: of this run, and of those before where the state tells of them. */
  doubt: Doubt | undefined;
  /** This run has sent a try whose outcome is not known. */
  hasTried = false;
  /** Looks have to be younger than this. */
  #after: Moment | undefined;

  constructor(operation: Operation, link: LinkToMake<T>) {
    this.#operation = operation;
    this.#link = link;
    this.doubt = doubtOf(link.properties);
  }

  /** One try. Each begins with a look of its own: what the one before saw may be minutes old. */
  async try(tries: number): Promise<T> {
    return this.#upon(await this.#lookPastOwnDelete(), tries);
  }

  /** What follows from a look. */
  async #upon(look: Evidence<T>, tries: number): Promise<T> {
    const link = this.#link;
    let seen = look;
    // What many share may be a moment old: nobody is refused for that.
    if (seen.is === 'present' && !this.#isOurs(seen.found) && !this.#mayTakeOver) {
      this.#after = moment();
      seen = await this.#look();
    }
    if (seen.is === 'present') return this.#oursOrTaken(seen.found);
    // A service that makes what is there already without a word would give us somebody else's.
    if (seen.is === 'unknown' && !this.#mayTakeOver) throw new UnseenLinkError(link.title, link.adoptedBy);
    // What an earlier run sent would show by now.
    if (seen.is === 'absent' && !this.hasTried && this.#operation.youth(this.doubt?.until) === 0)
      this.doubt = undefined;
    const sentAt = this.#operation.serviceNow();
    try {
      const before = unlessFresh(this.#operation, () => this.#mustBeMissing());
      const made = await link.make({ tries, before });
      // Some services answer with what was there before, as if it had just been made.
      if (made !== undefined)
        return isOlder(link.madeAt(made), this.doubt?.from ?? sentAt) ? this.#takeOver(made) : made;
      this.#doubted(sentAt);
    } catch (error) {
      if (error instanceof SeenSinceError) return this.#upon(error.seen as Evidence<T>, tries);
      if (proofOf(error) === 'nothing') this.#doubted(sentAt);
      if (!(error instanceof ExistsError)) throw error;
      return await this.#existing(error);
    }
    return this.#operation.until('looking for what was just made', async () => {
      const now = await this.#lookAgain();
      return now.is === 'present' ? this.#oursOrTaken(now.found) : undefined;
    });
  }

  /** The request may have waited for its turn for as long as somebody needs to make the link. */
  async #mustBeMissing(): Promise<void> {
    this.#after = moment();
    const seen = await this.#look();
    if (seen.is === 'present' || (seen.is === 'unknown' && !this.#mayTakeOver))
      throw new SeenSinceError(seen);
  }

  /** The service says that it exists, and reads may be behind it. */
  async #existing(refusal: ExistsError): Promise<T> {
    const { title, adoptedBy, unseen } = this.#link;
    const look = this.#operation.beyondWindow(
      this.#operation.serviceNow(),
      async () => {
        const seen = await this.#lookAgain();
        return seen.is === 'absent' ? undefined : seen;
      },
      'the service says that it exists, and does not show it yet, so it is looked for',
    );
    const shown = await look.catch((error: unknown) => {
      // The refusal says more than that there was no time to look.
      throw error instanceof WaitTimeoutError ? refusal : error;
    });
    if (shown?.is === 'present') return this.#oursOrTaken(shown.found);
    // Not this link, then: what exists is another one that excludes it.
    if (shown === undefined || unseen === undefined) throw refusal;
    // No look can show it: the service is believed.
    if (!this.#mayTakeOver) throw new LinkExistsError(title, adoptedBy, '');
    return this.#taken(unseen);
  }

  #oursOrTaken(found: T): T {
    return this.#isOurs(found) ? found : this.#takeOver(found);
  }

  /** Whether a try whose outcome was not known made what is there. */
  #isOurs(found: T): boolean {
    if (this.doubt === undefined) return false;
    // Of what has no time: it was missing before, and has been looked for ever since, however long that took.
    if (this.hasTried && !this.#link.hasIdentity) return true;
    const standing = keeping(this.#link.properties, { unfinished: this.doubt });
    return whose(this.#operation, this.#link, found, standing) === 'ours';
  }

  #doubted(sentAt: number): void {
    this.doubt = { from: this.doubt?.from ?? sentAt, until: this.#operation.serviceNow() };
    this.hasTried = true;
    this.#after = moment();
  }

  #look(): Promise<Evidence<T>> {
    return this.#link.look({ absence: 'listed', after: this.#after });
  }

  /** A look that is younger than the last one. */
  async #lookAgain(): Promise<Evidence<T>> {
    const seen = await this.#look();
    this.#after = moment();
    return seen;
  }

  /** What this process removed a moment ago may still be shown. */
  async #lookPastOwnDelete(): Promise<Evidence<T>> {
    const removed = removedAt(this.#operation, this.#link);
    if (removed === undefined) return this.#look();
    let seen: Evidence<T> = { is: 'unknown' };
    await this.#operation.beyondWindow(
      removed,
      async () => {
        seen = await this.#lookAgain();
        const isOld = seen.is === 'present' && !isOlder(removed, this.#link.madeAt(seen.found));
        return isOld ? undefined : true;
      },
      'it is still shown, but was removed a moment ago, so it is looked for',
    );
    return seen;
  }

  get #mayTakeOver(): boolean {
    return this.#link.adopt || this.#operation.adopts(this.#link.adoptedBy);
  }

  #takeOver(existing: T): T {
    const { title } = this.#link;
    const problem = this.#link.cannotTake?.(existing);
    if (problem !== undefined) throw new NotToBeTakenError(problem);
    const madeAt = this.#link.madeAt(existing);
    const made = madeAt === undefined ? '' : ` (created ${new Date(madeAt).toISOString()})`;
    if (!this.#mayTakeOver) throw new LinkExistsError(title, this.#link.adoptedBy, made);
    return this.#taken(existing, made);
  }

  #taken(existing: T, made = ''): T {
    const { title, id, account } = this.#link;
    this.#operation.say('info', `${title} ${id}: took it over${made}, account ${account ?? 'not asked'}.`);
    return existing;
  }
}
