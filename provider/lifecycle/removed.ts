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

/** When this process last removed something below what has this id, or sent what removes it. */
const BELOW = new PerWire(() => new Map<string, number>());

/** What this process removed, of each module. */
const IDS = new PerWire(() => new Set<string>());

/** To be called when a link was removed. */
export function removedLink(operation: Operation, { title, id, place = id }: Named): void {
  REMOVED.for(operation.wire, title).set(place, operation.serviceNow());
  IDS.for(operation.wire, moduleOf(title)).add(id);
  removingLink(operation, { id });
}

/** Whether this process removed what a link hangs on, which the services refuse while the link is there. */
export function removedAbove(operation: Operation, { title, id }: Named): boolean {
  const ids = IDS.for(operation.wire, moduleOf(title));
  return above(id).some((each) => ids.has(each));
}

/** To be called before what removes a link is sent: what it hangs on may be refused, and show nothing, before the reply. */
export function removingLink(operation: Operation, { id }: Pick<Named, 'id'>): void {
  const now = operation.serviceNow();
  for (const each of above(id)) BELOW.for(operation.wire, '').set(each, now);
}

/** The ids of what may hold what has this id. */
function above(id: string): readonly string[] {
  const ids: string[] = [];
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) ids.push(id.slice(0, end));
  return ids;
}

/** `imm` of `imm.Dataset`: what hangs on something is of the same one. */
function moduleOf(title: string): string {
  return title.slice(0, title.indexOf('.'));
}

/** When this process last removed, or began to remove, something below this: the service may still count it. */
export function removedBelow(operation: Operation, id: string): number | undefined {
  return BELOW.for(operation.wire, '').get(id);
}

/** To be called when a link was made or taken over: what was removed before is another one. */
export function madeLink(operation: Operation, { title, id, place = id }: Named): void {
  REMOVED.for(operation.wire, title).delete(place);
  IDS.for(operation.wire, moduleOf(title)).delete(id);
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
