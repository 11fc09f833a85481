import type { Handler } from '../pipeline/handler.js';
import { bindingReply, lastDeleted, linger, liveBinding, removeBinding } from '../state/bindings.js';
import type { BindingRecord } from '../state/records.js';
import type { World } from '../world.js';
import { beingDeleted, datasetOrThrow, notFound, projectOrThrow } from './errors.js';
import { page } from './page.js';
import { bucketOfUri, requiredText } from './parameters.js';
import { shownBindings } from './shown-bindings.js';

/** api-facts.md §2.1. */
export const getBinding: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const dataset = requiredText(request, 'DatasetName');
  const bucket = bucketOfUri(request);
  datasetOrThrow(world, region, project, dataset);
  const binding = shownBindings(request, caller, world).find(
    (b) => b.bucket === bucket && b.dataset === dataset && b.project === project,
  );
  if (!binding) throw notFound(world, 'Binding');
  return { Binding: shownReply(binding, world) };
};

/** DatasetName omitted: UNKNOWN (§2.1). Order and token: §2.1. */
export const listBindings: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const ofProject = world.switches.listBindingsOfProject;
  const isRequired = ofProject === 'InvalidArgument';
  const dataset = isRequired ? requiredText(request, 'DatasetName') : request.params.get('DatasetName');
  projectOrThrow(world, region, project);
  if (dataset || ofProject === 'ResourceNotFound') datasetOrThrow(world, region, project, dataset ?? '');
  const uri = request.params.get('URI');
  // CreateBinding has no Name, so no binding here has one: a filter by Name finds nothing.
  const hasNameFilter = Boolean(request.params.get('Name'));
  const wanted = shownBindings(request, caller, world).filter(
    (b) =>
      b.project === project &&
      (dataset ? b.dataset === dataset : ofProject === 'all') &&
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
    const now = world.clock.now();
    const binding = liveBinding(region, pair);
    if (binding) {
      removeBinding(region, binding, now, world.switches.bindingVisibleAfterMs);
      if (request.outcome) linger(binding, now, request.outcome.milliseconds);
    } else if ((lastDeleted(region, pair)?.deletedAt ?? now) > now) throw beingDeleted();
    // UNKNOWN, §9 question 1. A missing project or dataset is an error either way.
    else if (world.switches.deleteMissingBinding === 'ResourceNotFound') throw notFound(world, 'Binding');
    return {};
  });
};

/** A lagging read tells the old state, so a binding deleted a moment ago does not say Deleted yet. */
function shownReply(binding: BindingRecord, world: World): Record<string, unknown> {
  return bindingReply(binding, world.clock.now() - world.switches.bindingVisibleAfterMs);
}
