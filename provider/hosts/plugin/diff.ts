import type { DiffResult, Lifecycle, Properties } from '../../lifecycle/lifecycle.js';

/** How a property differs, as a preview shows it. */
type DiffKind = 'ADD_REPLACE' | 'DELETE_REPLACE' | 'UPDATE_REPLACE';

export interface PropertyDiff {
  readonly kind: DiffKind;
  /** The new input differs from the old one; else an output has changed by itself. */
  readonly inputDiff: boolean;
}

/** The properties behind a diff, by name. */
export function detailedDiff(
  { description }: Lifecycle,
  { replaces }: DiffResult,
  outputs: Properties,
  news: Properties,
): ReadonlyMap<string, PropertyDiff> {
  const differs = (name: string): PropertyDiff => {
    if (!(name in description.args)) return { kind: 'UPDATE_REPLACE', inputDiff: false };
    if (outputs[name] === undefined) return { kind: 'ADD_REPLACE', inputDiff: true };
    return { kind: news[name] === undefined ? 'DELETE_REPLACE' : 'UPDATE_REPLACE', inputDiff: true };
  };
  return new Map(replaces.map((name) => [name, differs(name)]));
}
