import { type Evidence, type Moment, moment } from './evidence.js';
import type { Properties } from './lifecycle.js';
import { isOlder, type Link, whose, writtenAt } from './link.js';
import type { Operation } from './operation.js';

/** What is there of the link that a state means. `not shown` is a listing that may be cut off. */
export type Found<T> =
  | { readonly is: 'ours'; readonly found: T }
  | { readonly is: 'theirs'; readonly found: T }
  | { readonly is: 'not known'; readonly found: T }
  | { readonly is: 'gone' }
  | { readonly is: 'not shown' };

/**
 * Looks for the link that a state means. Absence is believed only where reads must show by now what was written last;
 * so is a link that is older than ours, which reads may still show in its place.
 */
export async function findLink<T>(
  operation: Operation,
  link: Link<T>,
  outputs: Properties,
): Promise<Found<T>> {
  const written = writtenAt(outputs);
  let after: Moment | undefined;
  let older: Found<T> | undefined;
  const found = await operation.beyondWindow(written, async () => {
    // Its absence decides only at the end.
    const absence = operation.youth(written) > 0 ? 'listed' : 'confirmed';
    const seen = judged(operation, link, outputs, await link.look({ absence, after }));
    after = moment();
    older = seen.is === 'theirs' && isOlder(link.madeAt(seen.found), written) ? seen : undefined;
    return seen.is === 'gone' || older !== undefined ? undefined : seen;
  });
  return found ?? older ?? { is: 'gone' };
}

/** What a look says of the link that a state means. */
export function judged<T>(
  operation: Operation,
  link: Link<T>,
  outputs: Properties,
  evidence: Evidence<T>,
): Found<T> {
  if (evidence.is === 'absent') return { is: 'gone' };
  if (evidence.is === 'unknown') return { is: 'not shown' };
  const { found } = evidence;
  return { is: whose(operation, link, found, outputs), found };
}
