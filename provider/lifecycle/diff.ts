import type { ResourceDescription } from './description.js';
import type { DiffResult, Properties } from './lifecycle.js';
import { isUnfinished } from './standing.js';
import { holdsUnknown, isSameValue } from './values.js';

const SAME: DiffResult = { changes: false, replaces: [], deleteBeforeReplace: false };

/**
 * Compares stored outputs with new inputs. An unknown in a replacing argument is a replace: only then does
 * the engine delete this link before the bucket that is itself replaced delete-first.
 */
export function diffArgs({ args }: ResourceDescription, outputs: Properties, news: Properties): DiffResult {
  const differing = Object.entries(args).filter(
    ([name, arg]) => holdsUnknown(arg, news[name]) || !isSameValue(arg, news[name], outputs[name]),
  );
  const replaces = differing.filter(([, { replaces }]) => replaces).map(([name]) => name);
  if (replaces.length > 0) return { changes: undefined, replaces, deleteBeforeReplace: true };
  // A delete and a refresh see outputs only, so what the program says now has to get there, although nothing is sent.
  // `replaceOnChanges` may make a replacement of it: of the same link, so its old one has to go first.
  if (differing.length > 0 || timeoutsOf(outputs) !== timeoutsOf(news))
    return { changes: undefined, replaces: [], deleteBeforeReplace: true };
  // An update goes on where the create was cut off.
  return isUnfinished(outputs) ? { changes: true, replaces: [], deleteBeforeReplace: true } : SAME;
}

/** An output whose drift alone makes a replacement. */
export function replaceFor(output: string): DiffResult {
  return { changes: true, replaces: [output], deleteBeforeReplace: true };
}

function timeoutsOf({ customTimeouts }: Properties): string {
  return JSON.stringify(Object.entries(customTimeouts ?? {}).sort(([a], [b]) => a.localeCompare(b)));
}
