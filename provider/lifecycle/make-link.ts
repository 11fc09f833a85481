import { ExistsError } from '../alicloud/errors.js';
import { isUncertain } from '../alicloud/retry.js';
import { LinkExistsError } from './failures.js';
import type { Operation } from './operation.js';

export interface LinkToMake<T> {
  /** `imm.DatasetBinding`. */
  readonly title: string;
  readonly id: string;
  readonly account: string | undefined;
  /** The resource says `adopt: true`. */
  readonly adopt: boolean;
  /** The link as it is; undefined where it is not there. */
  look(): Promise<T | undefined>;
  /** Whether that look proved that the link was missing; without this it always does. */
  provenMissing?(): boolean;
  /** The link, where that look proves nothing and the service's own "exists" has to be believed. */
  unseen?(): T | undefined;
  /** Sends, once, the request that makes it. */
  make(): Promise<T>;
  /** When the service made it, in its own clock, where it tells. */
  madeAt(found: T): number | undefined;
}

/** The Date header of a reply counts whole seconds, and a reply takes its time. */
const CLOCK_RESOLUTION = 2_000;

/**
 * Looks, then makes. A link that is there already is refused, or taken over where somebody said so. A link that
 * was missing at the first look and is there after a try whose reply was lost is our own.
 */
export async function makeLink<T>(operation: Operation, link: LinkToMake<T>): Promise<T> {
  const existing = await link.look();
  if (existing !== undefined) return takeOver(operation, link, existing);
  const lookedAt = operation.serviceNow();
  const proven = link.provenMissing?.() ?? true;

  const ours = (seen: T): T => {
    const madeAt = link.madeAt(seen);
    // Older than our look: that look was behind, and the lost reply said that somebody else's is there.
    const older = madeAt !== undefined && lookedAt !== undefined && madeAt < lookedAt - CLOCK_RESOLUTION;
    return older || !proven ? takeOver(operation, link, seen) : seen;
  };

  let uncertain = false;
  return operation.retrying(async () => {
    const seen = uncertain ? await link.look() : undefined;
    if (seen !== undefined) return ours(seen);
    try {
      return await link.make();
    } catch (error) {
      if (isUncertain(error)) uncertain = true;
      if (!(error instanceof ExistsError)) throw error;
      // A reply that was lost may be the reason; and what was just made may not show yet.
      const shown = await operation.beyondWindow(
        () => 0,
        async () => (await link.look()) ?? link.unseen?.(),
      );
      // Not this link, then: what exists is another one that excludes it.
      if (shown === undefined) throw error;
      return uncertain ? ours(shown) : takeOver(operation, link, shown);
    }
  });
}

function takeOver<T>(operation: Operation, link: LinkToMake<T>, existing: T): T {
  const madeAt = link.madeAt(existing);
  const made = madeAt === undefined ? '' : ` (created ${new Date(madeAt).toISOString()})`;
  if (!link.adopt && !operation.adopts(link.id)) throw new LinkExistsError(link.title, link.id, made);
  operation.say(
    'info',
    `${link.title} ${link.id}: took it over${made}, account ${link.account ?? 'not asked'}.`,
  );
  return existing;
}
