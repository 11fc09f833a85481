/** What a step does to a resource, in the one line for everything else. */
export type Group = 'create' | 'import' | 'update' | 'delete' | 'replace' | 'same' | 'read';

const GROUPS: ReadonlyMap<string, Group> = new Map([
  ['create', 'create'],
  ['import', 'import'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['replace', 'replace'],
  ['create-replacement', 'replace'],
  ['delete-replaced', 'replace'],
  ['import-replacement', 'replace'],
  ['same', 'same'],
  ['read', 'read'],
  ['read-replacement', 'read'],
  ['refresh', 'read'],
  ['discard', 'read'],
  ['discard-replaced', 'read'],
]);

/** Takes an entry out of the state whose link went in an earlier run. */
const FORGETTING = 'remove-pending-replace';

/** After these a resource has a link that it had not before. */
export const MAKING: ReadonlySet<string> = new Set([
  'create',
  'import',
  'replace',
  'create-replacement',
  'import-replacement',
]);

export function groupOf(op: string): Group | undefined {
  return GROUPS.get(op);
}

export function isReplacing(op: string): boolean {
  return GROUPS.get(op) === 'replace';
}

/** Whether this version knows what the operation does; it may delete, for all that is known. */
export function isKnownOperation(op: string): boolean {
  return GROUPS.has(op) || op === FORGETTING;
}
