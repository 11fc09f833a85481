import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import { bindingsAsOf, lastDeleted, nameOfBinding } from '../state/bindings.js';
import type { BindingRecord } from '../state/records.js';
import type { World } from '../world.js';

/** What a read shows: what is visible, but links that a fault holds as they were. */
export function shownBindings(request: ApiRequest, caller: Caller, world: World): BindingRecord[] {
  const place = `${caller.account} ${request.region}`;
  const rows = visibleBindings(request, caller, world);
  return world.heldBindings.apply(place, rows, nameOfBinding, world.clock.now());
}

/** The past, if reads lag behind, and deleted bindings for as long as the switch says. */
export function visibleBindings(request: ApiRequest, caller: Caller, world: World): BindingRecord[] {
  const region = world.store.region(caller.account, request.region);
  const { bindingVisibleAfterMs, getDeletedBinding, deletedStateMs } = world.switches;
  const asOf = world.clock.now() - bindingVisibleAfterMs;
  const shown = bindingsAsOf(region, asOf);
  if (getDeletedBinding === 'ResourceNotFound') return shown;
  const shownFor = getDeletedBinding === 'Deleted' ? Number.POSITIVE_INFINITY : deletedStateMs;
  const isShown = (b: BindingRecord) =>
    b.deletedAt !== null && b.deletedAt <= asOf && asOf < b.deletedAt + shownFor;
  const isReplaced = (b: BindingRecord) => shown.some((s) => nameOfBinding(s) === nameOfBinding(b));
  const deleted = region.bindings.filter((b) => isShown(b) && !isReplaced(b) && lastDeleted(region, b) === b);
  return [...shown, ...deleted];
}
