import type { ResourceDescription } from './description.js';
import type { DiffResult, Properties } from './lifecycle.js';
import { isUnknown } from './unknown.js';

const SAME: DiffResult = { changes: false, replaces: [], deleteBeforeReplace: false };

/**
 * Compares stored outputs with new inputs. An unknown in a replacing argument is a replace: only then does
 * the engine delete this link before the bucket that is itself replaced delete-first.
 */
export function diffArgs({ args }: ResourceDescription, outputs: Properties, news: Properties): DiffResult {
  const replaces = Object.entries(args)
    .filter(([name, { replaces }]) => replaces && (isUnknown(news[name]) || news[name] !== outputs[name]))
    .map(([name]) => name);
  if (replaces.length > 0) return { changes: undefined, replaces, deleteBeforeReplace: true };
  // A delete sees outputs only, so a change of the timeouts has to get there.
  // `replaceOnChanges` may make a replacement of it: of the same link, so its old one has to go first.
  if (timeoutsOf(outputs) !== timeoutsOf(news))
    return { changes: undefined, replaces: [], deleteBeforeReplace: true };
  return SAME;
}

/** An output whose drift alone makes a replacement. */
export function replaceFor(output: string): DiffResult {
  return { changes: true, replaces: [output], deleteBeforeReplace: true };
}

function timeoutsOf({ customTimeouts }: Properties): string {
  return JSON.stringify(Object.entries(customTimeouts ?? {}).sort(([a], [b]) => a.localeCompare(b)));
}
