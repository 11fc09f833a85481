import { AFTER_EFFECT } from './kinds-after.js';
import { BEFORE_EFFECT } from './kinds-before.js';
import { STATE_FAULTS } from './kinds-state.js';
import type { FaultSpec } from './spec.js';

/**
 * Everything that can go wrong. The CLI help, docs/internals/emulator.md and the tests that try every fault at every call
 * come from this table.
 */
export const FAULTS = { ...BEFORE_EFFECT, ...AFTER_EFFECT, ...STATE_FAULTS };

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS: readonly FaultKind[] = Object.keys(FAULTS).filter(isFaultKind);

export function isFaultKind(name: string): name is FaultKind {
  return Object.hasOwn(FAULTS, name);
}

export function specOf(kind: FaultKind): FaultSpec {
  return FAULTS[kind];
}
