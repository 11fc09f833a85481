import type { ArgDescription, ValueType } from './description.js';
import { isUnknown } from './unknown.js';

/** A row of an answer of the service. */
export type Row = Readonly<Record<string, unknown>>;

/** A value as a row, where it is one. */
export function record(value: unknown): Row | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : undefined;
}

/** The row in this field of an answer, where it is the one of these names. */
export function rowIn(body: Row, field: string, names: Row): Row | undefined {
  const row = record(body[field]);
  const isAsked = row !== undefined && Object.entries(names).every(([name, value]) => row[name] === value);
  return isAsked ? row : undefined;
}

const MOST = 2n ** 63n - 1n;

/** A value as inputs and outputs keep it; undefined for one that is none of this argument. */
export function readValue(arg: Pick<ArgDescription, 'type' | 'matches' | 'range'>, given: unknown): unknown {
  const value = READ[arg.type](given);
  if (value === undefined) return undefined;
  if (arg.matches !== undefined && !arg.matches.test(String(value))) return undefined;
  if (arg.range === undefined) return value;
  const [least, greatest] = arg.range;
  const number = BigInt(value as number | string);
  return number >= BigInt(least) && number <= BigInt(greatest) ? value : undefined;
}

const READ: Readonly<Record<ValueType, (given: unknown) => unknown>> = {
  string: (given) => (typeof given === 'string' ? given : undefined),
  boolean: (given) => (typeof given === 'boolean' ? given : undefined),
  // A configuration and some languages hand numbers over as text.
  integer(given) {
    const number = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
    return Number.isSafeInteger(number) ? number : undefined;
  },
  int64(given) {
    if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return String(given);
    if (typeof given !== 'string' || !/^\d{1,19}$/.test(given)) return undefined;
    const number = BigInt(given);
    return number <= MOST ? String(number) : undefined;
  },
  tags(given) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    const isTag = ([key, value]: [string, unknown]) => key !== '' && typeof value === 'string';
    return Object.entries(given).every(isTag) ? given : undefined;
  },
};

export function isSameValue({ type }: Pick<ArgDescription, 'type'>, one: unknown, other: unknown): boolean {
  // Left out, it is off.
  if (type === 'boolean') return (one ?? false) === (other ?? false);
  if (type === 'tags') return sorted(one) === sorted(other);
  // A number may come back as another type than it was given as.
  const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value));
  return text(one) === text(other);
}

/** A value as a parameter of a request. */
export function wireValue({ type }: Pick<ArgDescription, 'type'>, value: unknown): string | number | boolean {
  if (type !== 'tags') return value as string | number | boolean;
  return JSON.stringify(Object.entries(value as object).map(([Key, Value]) => ({ Key, Value })));
}

/** What a row of an answer says of an argument; undefined where it says nothing. */
export function shownValue({ type, wire = '' }: Pick<ArgDescription, 'type' | 'wire'>, row: Row): unknown {
  if (type !== 'tags') return READ[type](row[wire]);
  // Asked for as `Tag` with Key and Value, answered as `Tags` with TagKey and TagValue (api-facts.md §2.7).
  const { Tags: tags } = row;
  if (!Array.isArray(tags)) return undefined;
  return Object.fromEntries(
    (tags as Row[]).map(({ TagKey, TagValue }) => [String(TagKey), String(TagValue)]),
  );
}

/** Whether a value, or of a map a part of it, is not known yet. */
export function holdsUnknown({ type }: Pick<ArgDescription, 'type'>, value: unknown): boolean {
  if (type !== 'tags' || typeof value !== 'object') return isUnknown(value);
  return Object.values(value ?? {}).some(isUnknown);
}

function sorted(value: unknown): string {
  if (typeof value !== 'object' && value !== undefined) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
