import type { Handler } from '../pipeline/dispatch.js';
import { bindingReply, bindingsAsOf, lastDeleted, liveBinding, removeBinding } from '../state/bindings.js';
import type { BindingRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';
import { datasetOrThrow, notFound, projectOrThrow } from './errors.js';
import { page } from './page.js';
import { bucketOfUri, requiredText } from './parameters.js';

/** api-facts.md §2.1. */
export const getBinding: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const dataset = requiredText(request, 'DatasetName');
  const bucket = bucketOfUri(request);
  datasetOrThrow(world, region, project, dataset);
  const binding = shownBindings(region, world).find(
    (b) => b.bucket === bucket && b.dataset === dataset && b.project === project,
  );
  if (!binding) throw notFound(world, 'Binding');
  return { Binding: shownReply(binding, world) };
};

/** DatasetName omitted: all datasets of the project (INFERRED, §2.1). Order and token: §2.1. */
export const listBindings: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const dataset = request.params.get('DatasetName');
  projectOrThrow(world, region, project);
  if (dataset) datasetOrThrow(world, region, project, dataset);
  const uri = request.params.get('URI');
  // CreateBinding has no Name, so no binding here has one: a filter by Name finds nothing.
  const hasNameFilter = Boolean(request.params.get('Name'));
  const wanted = shownBindings(region, world).filter(
    (b) =>
      b.project === project &&
      (!dataset || b.dataset === dataset) &&
      (!uri || `oss://${b.bucket}` === uri) &&
      !hasNameFilter,
  );
  const { items, token } = page(request, wanted, (b) => `${b.project}:${b.dataset}:${b.bucket}`);
  return { Bindings: items.map((binding) => shownReply(binding, world)), ...token };
};

export const deleteBinding: Handler = (request, caller, world) => {
  const project = requiredText(request, 'ProjectName');
  const pair = { project, dataset: requiredText(request, 'DatasetName'), bucket: bucketOfUri(request) };
  return world.store.changeRegion(caller.account, request.region, (region) => {
    datasetOrThrow(world, region, project, pair.dataset);
    const binding = liveBinding(region, pair);
    if (binding) removeBinding(region, binding, world.clock.now(), world.switches.bindingVisibleAfterMs);
    // UNKNOWN, §9 question 1. A missing project or dataset is an error either way.
    else if (world.switches.deleteMissingBinding === 'ResourceNotFound') throw notFound(world, 'Binding');
    return {};
  });
};

/** What a read shows: the past, if reads lag behind, and deleted bindings for as long as the switch says. */
function shownBindings(region: RegionState, world: World): BindingRecord[] {
  const { bindingVisibleAfterMs, getDeletedBinding, deletedStateMs } = world.switches;
  const asOf = world.clock.now() - bindingVisibleAfterMs;
  const shown = bindingsAsOf(region, asOf);
  if (getDeletedBinding === 'ResourceNotFound') return shown;
  const shownFor = getDeletedBinding === 'Deleted' ? Number.POSITIVE_INFINITY : deletedStateMs;
  const isShown = (b: BindingRecord) =>
    b.deletedAt !== null && b.deletedAt <= asOf && asOf < b.deletedAt + shownFor;
  const isReplaced = (b: BindingRecord) =>
    shown.some((s) => s.bucket === b.bucket && s.dataset === b.dataset && s.project === b.project);
  const deleted = region.bindings.filter((b) => isShown(b) && !isReplaced(b) && lastDeleted(region, b) === b);
  return [...shown, ...deleted];
}

/** A lagging read tells the old state, so a binding deleted a moment ago does not say Deleted yet. */
function shownReply(binding: BindingRecord, world: World): Record<string, unknown> {
  return bindingReply(binding, world.clock.now() - world.switches.bindingVisibleAfterMs);
}
