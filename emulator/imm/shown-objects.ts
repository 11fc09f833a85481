import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import type { HeldReads } from '../state/held-reads.js';
import { type Kind, linkOfObject, objectsAsOf, type Records } from '../state/objects.js';
import type { World } from '../world.js';

/** What a read shows of one kind: what is visible, but what a fault holds as it was. */
export function shownObjects<K extends Kind>(
  request: ApiRequest,
  caller: Caller,
  world: World,
  kind: K,
): Records[K][] {
  const rows = visibleObjects(request, caller, world, kind);
  // Each kind has a place of its own in it.
  const held = world.heldObjects as HeldReads<Records[K]>;
  const nameOf = (row: Records[K]) => linkOfObject(request.region, kind, row);
  return held.apply(`${caller.account} ${request.region} ${kind}`, rows, nameOf, world.clock.now());
}

/** The past, if reads lag behind. */
export function visibleObjects<K extends Kind>(
  request: ApiRequest,
  caller: Caller,
  world: World,
  kind: K,
): Records[K][] {
  const region = world.store.region(caller.account, request.region);
  return objectsAsOf(region, kind, world.clock.now() - world.switches.objectVisibleAfterMs);
}
