import { invalidArgument } from '../api-error.js';
import type { Handler } from '../pipeline/handler.js';
import {
  addBinding,
  applyOutcome,
  bindingReply,
  lastDeleted,
  liveBinding,
  liveBindings,
} from '../state/bindings.js';
import type { Pair } from '../state/links.js';
import type { BindingRecord, DatasetRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';
import { bindingsOf } from './datasets.js';
import { alreadyExists, beingDeleted, datasetOrThrow, limitExceeded, notFound } from './errors.js';
import { bucketOfUri, requiredText } from './parameters.js';

/** api-facts.md §2.1. DatasetName is taken as required, as it says there. */
export const createBinding: Handler = (request, caller, world) => {
  const project = requiredText(request, 'ProjectName');
  const pair = { project, dataset: requiredText(request, 'DatasetName'), bucket: bucketOfUri(request) };
  return world.store.changeRegion(caller.account, request.region, (region, state) => {
    const now = world.clock.now();
    const dataset = datasetOrThrow(world, region, project, pair.dataset);
    const existing = liveBinding(region, pair);
    if (existing) return { Binding: existingBinding(existing, world, now) };
    checkWait(pair, region, world, now);
    checkOtherDatasets(pair, region, world);
    checkCount(dataset, region, world);
    const isMissing = state.missingBuckets.includes(pair.bucket);
    if (isMissing) checkMissing(world);
    const binding = addBinding(state, region, pair, now, world.timing.runningAfter);
    if (isMissing) {
      binding.settlesAs = 'Failed';
      binding.reason = 'start oss tunnel failed';
    }
    if (request.outcome) applyOutcome(binding, request.outcome);
    return { Binding: createReply(binding, world, now) };
  });
};

/** UNKNOWN, §9 question 1. */
function existingBinding(existing: BindingRecord, world: World, now: number): Record<string, unknown> {
  if (world.switches.createExistingBinding === 'ResourceAlreadyExists') throw alreadyExists('Binding');
  return createReply(existing, world, now);
}

/** UNKNOWN, §9 question 1: whether its time is the one that reads show. */
function createReply(binding: BindingRecord, world: World, now: number): Record<string, unknown> {
  return bindingReply(binding, now, world.switches.createReplyTimeOffMs);
}

/** UNKNOWN, §9 question 1: how long a re-create must wait. */
function checkWait(pair: Pair, region: RegionState, world: World, now: number): void {
  const deletedAt = lastDeleted(region, pair)?.deletedAt ?? Number.NEGATIVE_INFINITY;
  if (now < deletedAt + world.switches.recreateWaitMs) {
    throw beingDeleted();
  }
}

/** UNKNOWN, §2.2: whether one bucket may be bound to several datasets. */
function checkOtherDatasets(pair: Pair, region: RegionState, world: World): void {
  const { bucketInSeveralDatasets } = world.switches;
  if (bucketInSeveralDatasets === 'allowed') return;
  if (!liveBindings(region).some((binding) => binding.bucket === pair.bucket)) return;
  if (bucketInSeveralDatasets === 'ResourceAlreadyExists') throw alreadyExists('Binding');
  throw invalidArgument('The bucket is bound to another dataset.');
}

/** §2.3: DatasetMaxBindCount, code §2.5. */
function checkCount(dataset: DatasetRecord, region: RegionState, world: World): void {
  if (!Number.isFinite(world.limits.bindingsPerDataset)) return;
  const bound = bindingsOf(region, dataset.project, dataset.name).length;
  const most = Number(dataset.fields.DatasetMaxBindCount ?? world.limits.bindingsPerDataset);
  if (bound >= most) throw limitExceeded();
}

/** UNKNOWN: what a bucket that does not exist in the region gives (§2.1 only says that it must be there). */
function checkMissing(world: World): void {
  const { createBindingMissingBucket } = world.switches;
  if (createBindingMissingBucket === 'InvalidArgument') throw invalidArgument('The bucket does not exist.');
  if (createBindingMissingBucket === 'ResourceNotFound') throw notFound(world, 'Binding');
}
