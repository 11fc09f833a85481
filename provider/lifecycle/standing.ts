import type { Properties } from './lifecycle.js';

/** The one output in which a state keeps all of this. The engine shows no property that begins so. */
const KEY = '__link';

/** A create of ours of which nobody knows whether it had its effect: its tries, in milliseconds of the service's clock. */
export interface Doubt {
  /** When the first of them was sent; undefined: not known. */
  readonly from: number | undefined;
  /** When the last of them ended; undefined: not known. */
  readonly until: number | undefined;
}

/** What the state keeps of a link besides what the program and the service say of it. */
export interface Standing {
  /** Drawn for each entry of a state, so that two entries that name one link can be told apart. */
  readonly claim: string | undefined;
  /** What an earlier run left to be done. */
  readonly unfinished: 'waiting' | Doubt | undefined;
  /** When it was last updated in place, in milliseconds of the service's clock: reads show that later. */
  readonly updated?: number | undefined;
}

/** Older states do not say when the last try ended: no operation took longer than this by itself. */
const LONGEST_BEFORE = 600_000;

export function standingOf(outputs: Properties): Standing {
  const { claim, waiting, tried, updated } = (outputs[KEY] ?? {}) as Stored;
  const own = tried && { from: timeIn(tried.from), until: timeIn(tried.until) };
  const unfinished = own ?? (waiting === true ? 'waiting' : olderOf(outputs));
  return { claim, unfinished, updated: timeIn(updated) };
}

interface Stored {
  readonly claim?: string;
  readonly waiting?: true;
  readonly tried?: { readonly from?: string; readonly until?: string };
  readonly updated?: string;
}

function olderOf({ unsure, triedSince, waiting }: Properties): Standing['unfinished'] {
  if (unsure !== true) return waiting === true ? 'waiting' : undefined;
  const from = timeIn(triedSince);
  return { from, until: from === undefined ? undefined : from + LONGEST_BEFORE };
}

/** The properties as the state is to keep them, with this standing and no other. */
export function keeping(
  properties: Properties,
  { claim, unfinished, updated }: Partial<Standing>,
): Properties {
  const stored: Stored = {
    ...(claim !== undefined && { claim }),
    ...(unfinished === 'waiting' && { waiting: true }),
    ...(typeof unfinished === 'object' && {
      tried: {
        ...(unfinished.from !== undefined && { from: text(unfinished.from) }),
        ...(unfinished.until !== undefined && { until: text(unfinished.until) }),
      },
    }),
    ...(updated !== undefined && { updated: text(updated) }),
  };
  const plain = withoutStanding(properties);
  return Object.keys(stored).length === 0 ? plain : { ...plain, [KEY]: stored };
}

/** The properties without all that stands for this. */
export function withoutStanding({
  [KEY]: _,
  unsure: __,
  triedSince: ___,
  waiting: ____,
  ...properties
}: Properties): Properties {
  return properties;
}

export function doubtOf(outputs: Properties): Doubt | undefined {
  const { unfinished } = standingOf(outputs);
  return typeof unfinished === 'object' ? unfinished : undefined;
}

export function isUnfinished(outputs: Properties): boolean {
  return standingOf(outputs).unfinished !== undefined;
}

const text = (time: number): string => new Date(time).toISOString();

/** A time as a service or a state gives it, in milliseconds; undefined for what is none. */
export function timeIn(value: unknown): number | undefined {
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? undefined : time;
}
