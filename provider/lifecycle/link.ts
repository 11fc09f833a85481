import type { Answer } from '../alicloud/sending/wire.js';
import type { Asked, Evidence } from './evidence.js';
import type { Holdings } from './holdings.js';
import type { Properties } from './lifecycle.js';
import type { Operation } from './operation.js';
import type { Sending } from './sending.js';
import { doubtOf } from './standing.js';

/** One link as a resource knows it: its names, and how it is seen, made and removed. */
export interface Link<T> {
  /** `imm.DatasetBinding`. */
  readonly title: string;
  readonly id: string;
  /** By which ALICLOUD_MEDIA_ADOPT names it: the id, with the title in front where another resource may have that id. */
  readonly adoptedBy: string;
  /** Whether the service tells one link from another that was made in its place: by the time it was made. */
  readonly hasIdentity: boolean;
  look(asked: Asked): Promise<Evidence<T>>;
  /** What stands for one that exists and that no look can show, where there may be such. */
  readonly unseen?: T;
  /** Sends, once, the request that makes it; undefined where the answer is good and does not show it. */
  make(sending: Sending): Promise<T | undefined>;
  /** Sends, once, the request that removes it. */
  remove(sending: Sending): Promise<Answer>;
  /** When the service made it, in its own clock, where it tells. */
  madeAt(found: T): number | undefined;
  /** A delete that was acknowledged goes on for a while, and reads show it. */
  readonly showsItsEnd: boolean;
  /** What it is doing, for a wait that goes on. */
  show(found: T): string;
  /** What two of these may not share, where that is less than the id: one that was there a moment ago is still shown. */
  readonly place?: string;
  /** Whether what a look has found can be told to be another one, whenever it was made. */
  isOther?(found: T): boolean;
  /** Why this one may not be taken over, whoever says so. */
  cannotTake?(found: T): string | undefined;
  /** What keeps the service from deleting it. */
  holds?(): Promise<Holdings>;
  /** Removes of that what the program said may go with it; answers whether it removed something. */
  clear?(holdings: Holdings): Promise<boolean>;
}

/** `Date` headers count whole seconds, a reply takes its time, and two replies may give one time a second apart. */
const CLOCK_RESOLUTION = 2_000;

/** The time, by the service's clock, of the last write of ours that reads may not show yet. */
export function writtenAt(outputs: Properties): number | undefined {
  const doubt = doubtOf(outputs);
  if (doubt !== undefined) return doubt.until;
  const time = Date.parse(String(outputs.createTime ?? outputs.boundAt));
  return Number.isNaN(time) ? undefined : time;
}

/** Whether something was made before a moment, as far as both are known. */
export function isOlder(madeAt: number | undefined, since: number | undefined): boolean {
  return madeAt !== undefined && since !== undefined && madeAt < since - CLOCK_RESOLUTION;
}

/** Whether two times are of one and the same making, as far as both are known. */
export function isSameMoment(one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined || Number.isNaN(one) || Number.isNaN(other)) return true;
  return Math.abs(one - other) <= CLOCK_RESOLUTION;
}

/**
 * Whose a link is that a look has found: the one that the state means, or another of the same name. Of a create in doubt
 * ours is what was made from its first try on, until what it sent can have arrived. A registration has no time: found
 * within that time it is ours, since it was missing before; found later somebody else may have made it, and nobody can tell.
 */
export function whose<T>(
  operation: Operation,
  link: Link<T>,
  found: T,
  outputs: Properties,
): 'ours' | 'theirs' | 'not known' {
  if (link.isOther?.(found)) return 'theirs';
  const madeAt = link.madeAt(found);
  const doubt = doubtOf(outputs);
  if (doubt === undefined) {
    const own = Date.parse(String(outputs.createTime));
    return !link.hasIdentity || isSameMoment(own, madeAt) ? 'ours' : 'theirs';
  }
  const end = doubt.until === undefined ? undefined : doubt.until + operation.consistencyWindow;
  if (link.hasIdentity) return isOlder(madeAt, doubt.from) || isOlder(end, madeAt) ? 'theirs' : 'ours';
  return operation.youth(doubt.until) > 0 || end === undefined ? 'ours' : 'not known';
}
