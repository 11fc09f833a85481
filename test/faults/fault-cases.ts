import { FAULT_KINDS, FAULTS, type Fault, type FaultKind, type FaultSpec } from '../../emulator/index.js';
import type { Setting } from '../support/lifecycle/lifecycle-world.js';

/** A fault as a rule gives it, without where it strikes. */
export interface FaultCase {
  readonly name: string;
  readonly rule: Omit<Fault, 'action' | 'link' | 'skip' | 'times'>;
  readonly spec: FaultSpec;
  readonly setting: Setting;
}

/** Real milliseconds that the provider waits for a reply, where a fault withholds it. */
const PATIENCE = 120;
/** Longer than that by far. */
const LATE = 300;
/** Milliseconds of the virtual clock: the time that the issue asks to be held. */
export const STALE = 30_000;
/** Every change is shown so long after it was made; a rule of stale reads would be the only fault of its request. */
export const SHOWN_LATE = {
  bindingVisibleAfterMs: STALE,
  mediaBucketVisibleAfterMs: STALE,
  objectVisibleAfterMs: STALE,
};

const IMPATIENT: Setting = { config: { 'alicloud:clientReadTimeout': String(PATIENCE) } };

type Fields = Omit<FaultCase['rule'], 'kind'>;
const one = (kind: FaultKind, fields: Fields = {}, setting: Setting = {}): FaultCase => {
  const said = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`);
  return { name: `${kind}${said.join('')}`, rule: { kind, ...fields }, spec: FAULTS[kind], setting };
};

/** The ways in which one kind comes; most have one. */
const VARIANTS: Partial<Record<FaultKind, readonly FaultCase[]>> = {
  throttled: [
    one('throttled'),
    one('throttled', { status: 503 }),
    one('throttled', { retryAfterMs: 4_000 }),
    one('throttled', { status: 503, retryAfterMs: 4_000 }),
  ],
  'unavailable-503': [one('unavailable-503'), one('unavailable-503', { retryAfterMs: 4_000 })],
  'empty-body': [one('empty-body'), one('empty-body', { status: 200 }), one('empty-body', { status: 500 })],
  'effect-then-empty-body': [
    one('effect-then-empty-body'),
    one('effect-then-empty-body', { status: 200 }),
    one('effect-then-empty-body', { status: 500 }),
  ],
  hang: [one('hang', {}, IMPATIENT)],
  'effect-then-hang': [one('effect-then-hang', {}, IMPATIENT)],
  slow: [one('slow', { delayMs: LATE }, IMPATIENT)],
  'late-effect': [one('late-effect', { delayMs: LATE }, IMPATIENT)],
  'stale-reads': [one('stale-reads', { delayMs: STALE })],
  'stuck-ready': [one('stuck-ready', { delayMs: STALE })],
  'stuck-deleting': [one('stuck-deleting', { delayMs: STALE })],
};

/** Every kind that the emulator knows, in every variant. */
export const FAULT_CASES: readonly FaultCase[] = FAULT_KINDS.flatMap((kind) => VARIANTS[kind] ?? [one(kind)]);

/** The answers that no later try can better: the operation ends at the first. */
export const ENDING: readonly FaultKind[] = ['denied', 'expired', 'clock-skew'];
