import type { ResourceDescription } from './description.js';
import type { Operation } from './operation.js';
import { PerWire } from './shared-reading.js';

interface Named {
  readonly title: string;
  readonly id: string;
  readonly place?: string;
}

/** When this process removed which link, by the service's clock: until it has noticed, it may still show it. */
const REMOVED = new PerWire(() => new Map<string, number>());

/** To be called when a link was removed. */
export function removedLink(operation: Operation, { title, id, place = id }: Named): void {
  REMOVED.for(operation.wire, title).set(place, operation.serviceNow());
}

/** To be called when a link was made or taken over: what was removed before is another one. */
export function madeLink(operation: Operation, { title, id, place = id }: Named): void {
  REMOVED.for(operation.wire, title).delete(place);
}

export function removedAt(operation: Operation, { title, id, place = id }: Named): number | undefined {
  return REMOVED.for(operation.wire, title).get(place);
}

/** Says what a delete did. */
export function sayRemoved(
  operation: Operation,
  { stops, calls }: ResourceDescription,
  { title, id }: Named,
  account: string | undefined,
  removed: { readonly is: 'removed' | 'gone'; readonly requestId?: string | undefined },
): void {
  const of = `(account ${account ?? 'not asked'}`;
  const what =
    removed.is === 'gone'
      ? `already gone ${of}).`
      : `${calls.remove} ${of}, RequestId ${removed.requestId ?? 'lost with its reply'}). ${stops}`;
  operation.say('info', `${title} ${id}: ${what}`);
}
