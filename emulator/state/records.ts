/** What the emulator holds: plain JSON, so that the state file is this and nothing else. Times are milliseconds. */
export interface State {
  /** account, then region. */
  accounts: Record<string, Record<string, RegionState>>;
  /** Grows with every record: gives listings an order and times their nine digits. */
  sequence: number;
  /** OSS buckets that do not exist or lie in another region. */
  missingBuckets: string[];
  bucketRules: BucketRule[];
}

export interface RegionState {
  projects: ProjectRecord[];
  datasets: DatasetRecord[];
  bindings: BindingRecord[];
  mediaBuckets: MediaBucketRecord[];
  /** Absent in files of an older emulator. */
  attachments?: AttachmentRecord[];
  /** What was deleted, for reads that lag behind and for a parent that still counts it. */
  gone?: GoneRecord[];
}

/** Objects of IMM that are there from one moment to another; a binding has states of its own. */
export type GoneRecord =
  | { readonly kind: 'project'; readonly record: ProjectRecord; readonly deletedAt: number }
  | { readonly kind: 'dataset'; readonly record: DatasetRecord; readonly deletedAt: number }
  | { readonly kind: 'attachment'; readonly record: AttachmentRecord; readonly deletedAt: number };

export interface Dated {
  sequence: number;
  createdAt: number;
}

/** What an update gave, from then on; reads may show it later. */
export interface FieldsUpdate {
  readonly at: number;
  readonly fields: Record<string, unknown>;
}

export interface Updated extends Dated {
  /** The fields of the reply that the request gave. */
  fields: Record<string, unknown>;
  updates?: FieldsUpdate[];
}

export interface ProjectRecord extends Updated {
  name: string;
  jobs?: JobRecord[];
}

/** A trigger or a batch: all that matters here is that it keeps its project. */
export interface JobRecord {
  readonly kind: 'trigger' | 'batch';
  readonly id: string;
}

export interface DatasetRecord extends Updated {
  project: string;
  name: string;
  /** The URIs in its index. */
  entries?: string[];
}

export interface AttachmentRecord extends Dated {
  project: string;
  bucket: string;
  description: string;
}

export interface BindingRecord extends Dated {
  project: string;
  dataset: string;
  bucket: string;
  /** When Ready ends; null: never. */
  settlesAt: number | null;
  /** What follows Ready. */
  settlesAs: SettledState;
  reason: string;
  /** When the state was last changed by hand: UpdateTime (api-facts.md §2.2). */
  updatedAt: number;
  /** Kept after a delete, for reads that lag behind and for State=Deleted. */
  deletedAt: number | null;
}

/** Deleting is in no document: only a fault makes it. */
export type SettledState = 'Running' | 'Failed' | 'Stopped' | 'Retrying' | 'Deleting';

/** What a fault makes of the binding its request creates or deletes. */
export interface Outcome {
  readonly as: 'Ready' | 'Failed' | 'Deleting';
  /** Until it is so, or as long as it is so. */
  readonly milliseconds: number;
}

export type MediaBucketType = 'Input' | 'Output';

export interface MediaBucketRecord extends Dated {
  bucket: string;
  type: MediaBucketType;
  referer: string;
  deletedAt: number | null;
}

/** New bindings of a bucket whose name contains `bucketContains` become Failed or stay Ready. */
export interface BucketRule {
  bucketContains: string;
  outcome: 'Failed' | 'Ready';
  reason: string;
}

export function emptyState(): State {
  return { accounts: {}, sequence: 0, missingBuckets: [], bucketRules: [] };
}

export function emptyRegion(): RegionState {
  return { projects: [], datasets: [], bindings: [], mediaBuckets: [] };
}
