import { attachmentLink, datasetLink, projectLink } from './links.js';
import type {
  AttachmentRecord,
  DatasetRecord,
  FieldsUpdate,
  GoneRecord,
  ProjectRecord,
  RegionState,
} from './records.js';

export type Kind = GoneRecord['kind'];
export const KINDS = ['project', 'dataset', 'attachment'] as const satisfies readonly Kind[];

/** The record of each kind. */
export interface Records {
  readonly project: ProjectRecord;
  readonly dataset: DatasetRecord;
  readonly attachment: AttachmentRecord;
}

/** What of this kind a read that lags behind shows: what was there at `at`. */
export function objectsAsOf<K extends Kind>(region: RegionState, kind: K, at: number): Records[K][] {
  const live = liveObjects(region, kind).filter(({ createdAt }) => createdAt <= at);
  const gone = goneOf(region, kind).filter(
    ({ record, deletedAt }) => record.createdAt <= at && deletedAt > at,
  );
  return [...live, ...gone.map(({ record }) => record as Records[K])].sort((a, b) => a.sequence - b.sequence);
}

export function liveObjects<K extends Kind>(region: RegionState, kind: K): Records[K][] {
  const lists = { project: region.projects, dataset: region.datasets, attachment: region.attachments ?? [] };
  return lists[kind] as Records[K][];
}

/** What was deleted and is still counted at this moment. */
export function lingering(region: RegionState, now: number, lag: number): GoneRecord[] {
  return (region.gone ?? []).filter(({ deletedAt }) => now < deletedAt + lag);
}

/** Keeps it for reads that lag behind. */
export function keepGone(region: RegionState, gone: GoneRecord): void {
  region.gone = [...(region.gone ?? []), gone];
}

/** The link of the journal, which is the id of the resource. */
export function linkOfObject<K extends Kind>(place: string, kind: K, record: Records[K]): string {
  if (kind === 'project') return projectLink(place, (record as ProjectRecord).name);
  if (kind === 'attachment') return attachmentLink(place, record as AttachmentRecord);
  return datasetLink(place, record as DatasetRecord);
}

/** The fields as a read shows them that sees updates only so long after they were answered. */
export function fieldsAsOf(
  record: { readonly fields: Record<string, unknown>; readonly updates?: readonly FieldsUpdate[] },
  at: number,
): Record<string, unknown> {
  const shown = (record.updates ?? []).filter((update) => update.at <= at);
  return Object.assign({}, record.fields, ...shown.map(({ fields }) => fields));
}

function goneOf(region: RegionState, kind: Kind): GoneRecord[] {
  return (region.gone ?? []).filter((one) => one.kind === kind);
}
