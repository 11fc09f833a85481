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

/** When this process last removed something below what has this id. */
const BELOW = new PerWire(() => new Map<string, number>());

/** To be called when a link was removed. */
export function removedLink(operation: Operation, { title, id, place = id }: Named): void {
  const now = operation.serviceNow();
  REMOVED.for(operation.wire, title).set(place, now);
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1))
    BELOW.for(operation.wire, '').set(id.slice(0, end), now);
}

/** When this process last removed something that was below this: until the service has noticed, it may still count it. */
export function removedBelow(operation: Operation, id: string): number | undefined {
  return BELOW.for(operation.wire, '').get(id);
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
