import { rfc3339Nano } from '../clock.js';
import type { Pair } from './links.js';
import type { BindingRecord, Outcome, RegionState, State } from './records.js';

/** Ready, Running, Stopped, Retrying, Failed, Deleted: api-facts.md §2.2. */
export function bindingState(record: BindingRecord, at: number): string {
  if (record.deletedAt !== null && record.deletedAt <= at) return 'Deleted';
  return record.settlesAt !== null && at >= record.settlesAt ? record.settlesAs : 'Ready';
}

/** What is bound now, whatever reads show. */
export function liveBinding(region: RegionState, pair: Pair): BindingRecord | undefined {
  return region.bindings.find((record) => record.deletedAt === null && isOf(record, pair));
}

export function liveBindings(region: RegionState): BindingRecord[] {
  return region.bindings.filter((record) => record.deletedAt === null);
}

export function lastDeleted(region: RegionState, pair: Pair): BindingRecord | undefined {
  return region.bindings.findLast((record) => record.deletedAt !== null && isOf(record, pair));
}

/** The records a read that lags behind sees: what was live at `at`. */
export function bindingsAsOf(region: RegionState, at: number): BindingRecord[] {
  return region.bindings.filter((r) => r.createdAt <= at && (r.deletedAt === null || r.deletedAt > at));
}

export function addBinding(
  state: State,
  region: RegionState,
  pair: Pair,
  at: number,
  runningAfter: number,
): BindingRecord {
  state.sequence += 1;
  const rule = state.bucketRules.find((r) => pair.bucket.includes(r.bucketContains));
  const record: BindingRecord = {
    project: pair.project,
    dataset: pair.dataset,
    bucket: pair.bucket,
    sequence: state.sequence,
    createdAt: at,
    settlesAt: rule?.outcome === 'Ready' || !Number.isFinite(runningAfter) ? null : at + runningAfter,
    settlesAs: rule?.outcome === 'Failed' ? 'Failed' : 'Running',
    reason: rule?.reason ?? '',
    updatedAt: at,
    deletedAt: null,
  };
  region.bindings.push(record);
  return record;
}

/** What a fault makes of a binding that was just created. */
export function applyOutcome(record: BindingRecord, { as, milliseconds }: Outcome): void {
  record.settlesAt = Number.isFinite(milliseconds) ? record.createdAt + milliseconds : null;
  record.settlesAs = as === 'Failed' ? 'Failed' : 'Running';
  record.reason = as === 'Failed' ? 'start oss tunnel failed' : '';
}

/** A deleted binding that reads still show for a time, as Deleting; it is no longer bound. */
export function linger(record: BindingRecord, at: number, milliseconds: number): void {
  record.settlesAt = at;
  record.settlesAs = 'Deleting';
  record.reason = '';
  // JSON has no Infinity.
  record.deletedAt = Number.isFinite(milliseconds) ? at + milliseconds : Number.MAX_SAFE_INTEGER;
}

/** Ends what holds bindings back: those that would stay Ready are Running, those Deleting are deleted. */
export function releaseBindings(region: RegionState, at: number): void {
  for (const record of region.bindings) {
    if (record.deletedAt !== null && record.deletedAt > at) record.deletedAt = at;
    if (record.deletedAt === null && record.settlesAt === null) record.settlesAt = at;
  }
}

/** Within one account and region. */
export function nameOfBinding({ project, dataset, bucket }: Pair): string {
  return `${project}/${dataset}/${bucket}`;
}

/** Keeps the record of this delete, and of earlier ones of the pair only while a lagging read can see them. */
export function removeBinding(region: RegionState, record: BindingRecord, at: number, lag: number): void {
  region.bindings = region.bindings.filter(
    (other) => !isOf(other, record) || other.deletedAt === null || other.deletedAt > at - lag,
  );
  record.deletedAt = at;
  record.updatedAt = at;
}

/** The Binding of a reply: api-facts.md §2.2. Reason only when there is one. Its CreateTime is `early` by so much. */
export function bindingReply(record: BindingRecord, at: number, early = 0): Record<string, unknown> {
  const state = bindingState(record, at);
  // A first pass over all objects, then increments (§2.1): here the pass takes as long as Ready did.
  const scan = record.settlesAt === null ? Number.POSITIVE_INFINITY : record.settlesAt - record.createdAt;
  const scanned = record.settlesAt !== null && at >= record.settlesAt + scan;
  return {
    ProjectName: record.project,
    DatasetName: record.dataset,
    URI: `oss://${record.bucket}`,
    State: state,
    Phase: scanned ? 'IncrementalScanning' : 'FullScanning',
    CreateTime: rfc3339Nano(record.createdAt - early, record.sequence),
    UpdateTime: rfc3339Nano(record.updatedAt, record.sequence),
    ...(record.reason !== '' && state !== 'Ready' ? { Reason: record.reason } : {}),
  };
}

function isOf(record: BindingRecord, pair: Pair): boolean {
  return record.bucket === pair.bucket && record.dataset === pair.dataset && record.project === pair.project;
}
