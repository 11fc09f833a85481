import type { State } from './records.js';

/** Whether a parsed file has the shape of a state, so that no handler meets half of one. */
export function isState(value: unknown): value is State {
  if (!isObject(value)) return false;
  if (!Number.isSafeInteger(value.sequence)) return false;
  if (!isListOf(value.missingBuckets, (bucket) => typeof bucket === 'string')) return false;
  if (!isListOf(value.bucketRules, (rule) => hasStrings(rule, ['bucketContains', 'outcome', 'reason'])))
    return false;
  return isObject(value.accounts) && Object.values(value.accounts).every(isAccount);
}

function isAccount(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isRegion);
}

function isRegion(value: unknown): boolean {
  return (
    isObject(value) &&
    isListOf(value.projects, (p) => isDated(p) && hasStrings(p, ['name']) && isObject(p.fields)) &&
    isListOf(value.datasets, (d) => isDated(d) && hasStrings(d, ['project', 'name']) && isObject(d.fields)) &&
    isListOf(
      value.bindings,
      (b) => isDated(b) && hasStrings(b, ['project', 'dataset', 'bucket', 'settlesAs']),
    ) &&
    isListOf(value.mediaBuckets, (m) => isDated(m) && hasStrings(m, ['bucket', 'type', 'referer']))
  );
}

function isDated(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Number.isFinite(value.createdAt) && Number.isFinite(value.sequence);
}

function hasStrings(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof value[name] === 'string');
}

function isListOf(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
