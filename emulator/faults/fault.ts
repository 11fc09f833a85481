import { FAULT_KINDS, type FaultKind, isFaultKind, specOf } from './kinds.js';
import type { Match } from './match.js';

/** A rule: which requests go wrong, how, and how often. */
export interface Fault extends Match {
  readonly kind: FaultKind;
  /** Only requests signed with this key. */
  readonly accessKeyId?: string | undefined;
  /** How many matches it strikes; default 1. */
  readonly times?: number | 'always' | undefined;
  /** Matches let pass first; default 0. */
  readonly skip?: number | undefined;
  /**
   * Of each match after those, from 0 to 1; default 1. It is drawn from the seed, the action, the link and how often
   * they came, not from the order in which different calls arrive: the same seed strikes the same calls.
   */
  readonly probability?: number | undefined;
  readonly seed?: number | undefined;
  readonly delayMs?: number | undefined;
  /** Milliseconds, as `x-acs-retry-after`, and in whole seconds as `retry-after`. */
  readonly retryAfterMs?: number | undefined;
  readonly status?: number | undefined;
  /** The reply, as it is sent. */
  readonly body?: string | undefined;
}

const TEXTS = ['action', 'service', 'link', 'linkContains', 'accessKeyId', 'body'] as const;
const NUMBERS = ['skip', 'probability', 'seed', 'delayMs', 'retryAfterMs', 'status'] as const;
const FAULT_FIELDS: readonly string[] = ['kind', 'times', ...TEXTS, ...NUMBERS];

/** A rule out of what came as JSON, from a command line or from a test; a mistake is named. */
export function readFault(given: { readonly [name: string]: unknown }): Fault {
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  for (const name of Object.keys(fields)) {
    if (!FAULT_FIELDS.includes(name)) {
      throw new Error(`a fault has no ${name}; it has ${FAULT_FIELDS.join(', ')}`);
    }
  }
  const kind = String(fields.kind);
  if (!isFaultKind(kind)) throw new Error(`no fault is of kind ${kind}; they are ${FAULT_KINDS.join(', ')}`);
  for (const name of TEXTS) check(fields, name, 'a text', (value) => typeof value === 'string');
  for (const name of NUMBERS) check(fields, name, 'a number, not negative', isNotNegative);
  check(fields, 'times', 'a whole number from 1, or "always"', isTimes);
  check(fields, 'skip', 'a whole number', Number.isSafeInteger);
  check(fields, 'probability', 'from 0 to 1', (value) => Number(value) <= 1);
  checkKind(kind, fields);
  // Each field has just been checked for its type.
  return Object.freeze(fields) as unknown as Fault;
}

/** What a kind has no use for is a mistake of who wrote the rule. */
function checkKind(kind: FaultKind, fields: Readonly<Record<string, unknown>>): void {
  const { actions, delay, statuses, canAnswer, canSayRetryAfter } = specOf(kind);
  const refuse = (name: string, why: string) => {
    if (fields[name] !== undefined) throw new Error(`"${name}" of a fault ${kind} ${why}`);
  };
  if (!delay) refuse('delayMs', 'means nothing');
  if (!canSayRetryAfter) refuse('retryAfterMs', 'means nothing');
  if (!canAnswer) refuse('body', 'means nothing');
  const isHttp = Number(fields.status) >= 200 && Number(fields.status) <= 599;
  if (canAnswer) {
    if (!isHttp) refuse('status', 'must be from 200 to 599');
  } else if (!statuses?.includes(Number(fields.status))) refuse('status', statusesOf(statuses));
  if (actions && !actions.includes(String(fields.action))) {
    refuse('action', `must be one of ${actions.join(', ')}`);
  }
}

function statusesOf(statuses: readonly number[] | undefined): string {
  return statuses ? `must be one of ${statuses.join(', ')}` : 'means nothing';
}

function check(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  what: string,
  isRight: (value: unknown) => boolean,
): void {
  const value = fields[name];
  if (value !== undefined && !isRight(value)) throw new Error(`"${name}" of a fault must be ${what}`);
}

function isNotNegative(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

// Infinity is what JSON cannot say and a test in the same process may.
function isTimes(value: unknown): boolean {
  return (
    value === 'always' ||
    value === Number.POSITIVE_INFINITY ||
    (Number.isSafeInteger(value) && Number(value) >= 1)
  );
}
