import { ExistsError } from '../alicloud/errors.js';
import { isUncertain } from '../alicloud/retry.js';
import { HalfMadeError, LinkExistsError } from './failures.js';
import type { Properties } from './lifecycle.js';
import type { Operation } from './operation.js';
import { PerWire } from './shared-reading.js';

export interface LinkToMake<T> {
  /** `imm.DatasetBinding`. */
  readonly title: string;
  readonly id: string;
  readonly account: string | undefined;
  /** The resource says `adopt: true`. */
  readonly adopt: boolean;
  /** What the state keeps where the outcome stays unknown. */
  readonly properties: Properties;
  /** The link as it is; undefined where it is not there. */
  look(): Promise<T | undefined>;
  /** Whether that look proved that the link was missing; without this it always does. */
  provenMissing?(): boolean;
  /** The link, where that look proves nothing and the service's own "exists" has to be believed. */
  unseen?(): T | undefined;
  /** Sends, once, the request that makes it. */
  make(tries: number): Promise<T>;
  /** When the service made it, in its own clock, where it tells. */
  madeAt(found: T): number | undefined;
}

/** The properties without what stood for a doubt that is settled. */
export function sure({ unsure: _, triedSince: __, ...properties }: Properties): Properties {
  return properties;
}

/** The Date header of a reply counts whole seconds, and a reply takes its time. */
const CLOCK_RESOLUTION = 2_000;

/** When this process removed which link: until the service has noticed, it may still show it. */
const REMOVED = new PerWire(() => new Map<string, number>());

/** To be called when a link was removed. */
export function removedLink(operation: Operation, id: string): void {
  REMOVED.for(operation.wire, '').set(id, operation.now());
}

/**
 * Looks, then makes. A link that is there already is refused, or taken over where somebody said so. A link that
 * was missing at the first look and is there after a try whose reply was lost is our own. Where that cannot be found
 * out before the time is over, the link is kept in the state as unsure, and the next run finds out.
 */
export async function makeLink<T>(operation: Operation, link: LinkToMake<T>): Promise<T> {
  const existing = await lookPastOwnDelete(operation, link);
  if (existing !== undefined) {
    return tried(link, existing) ? existing : takeOver(operation, link, existing);
  }
  const proven = link.provenMissing?.() ?? true;
  const since = operation.serviceNow();
  let uncertain = false;
  try {
    return await operation.retrying(async (tries) => {
      const seen = uncertain ? await link.look() : undefined;
      if (seen !== undefined) return ours(operation, link, seen, proven, since);
      try {
        return await link.make(tries);
      } catch (error) {
        if (isUncertain(error)) uncertain = true;
        if (!(error instanceof ExistsError)) throw error;
        // What was just made may not show yet.
        const shown = await operation.beyondWindow(
          () => 0,
          async () => (await link.look()) ?? link.unseen?.(),
        );
        // Not this link, then: what exists is another one that excludes it.
        if (shown === undefined) throw error;
        // Without a lost reply it is somebody else who was faster than our first try.
        return uncertain ? ours(operation, link, shown, proven, since) : takeOver(operation, link, shown);
      }
    });
  } catch (error) {
    if (!uncertain || !proven || error instanceof LinkExistsError) throw error;
    const triedSince = since === undefined ? {} : { triedSince: new Date(since).toISOString() };
    throw new HalfMadeError(link.id, { ...link.properties, unsure: true, ...triedSince }, error as Error);
  }
}

/** Whether the state says that a try of ours may have made what is there now. */
function tried<T>({ properties, madeAt }: LinkToMake<T>, existing: T): boolean {
  return properties.unsure === true && !isOlder(madeAt(existing), Date.parse(String(properties.triedSince)));
}

function ours<T>(
  operation: Operation,
  link: LinkToMake<T>,
  seen: T,
  proven: boolean,
  since: number | undefined,
): T {
  // Older than our look: that look was behind, and somebody else's is there.
  const theirs = !proven || isOlder(link.madeAt(seen), since);
  return theirs ? takeOver(operation, link, seen) : seen;
}

/** Whether something was made before a moment, as far as both are known. */
export function isOlder(madeAt: number | undefined, since: number | undefined): boolean {
  return madeAt !== undefined && since !== undefined && madeAt < since - CLOCK_RESOLUTION;
}

async function lookPastOwnDelete<T>(operation: Operation, link: LinkToMake<T>): Promise<T | undefined> {
  const removedAt = REMOVED.for(operation.wire, '').get(link.id);
  if (removedAt === undefined) return link.look();
  const gone = await operation.beyondWindow(
    () => operation.now() - removedAt,
    async () => ((await link.look()) === undefined ? true : undefined),
    'it is still shown, but was removed a moment ago, so it is looked for',
  );
  return gone === true ? undefined : link.look();
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
