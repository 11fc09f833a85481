import { keepGone } from './objects.js';
import type { AttachmentRecord, DatasetRecord, ProjectRecord, RegionState, State } from './records.js';

export function findProject(region: RegionState, name: string): ProjectRecord | undefined {
  return region.projects.find((project) => project.name === name);
}

export function findDataset(region: RegionState, project: string, name: string): DatasetRecord | undefined {
  return region.datasets.find((dataset) => dataset.name === name && dataset.project === project);
}

export function datasetsOf(region: RegionState, project: string): DatasetRecord[] {
  return region.datasets.filter((dataset) => dataset.project === project);
}

export function addProject(
  state: State,
  region: RegionState,
  name: string,
  fields: Record<string, unknown>,
  at: number,
): ProjectRecord {
  state.sequence += 1;
  const record: ProjectRecord = { name, fields, sequence: state.sequence, createdAt: at };
  region.projects.push(record);
  return record;
}

export function addDataset(
  state: State,
  region: RegionState,
  project: string,
  name: string,
  fields: Record<string, unknown>,
  at: number,
): DatasetRecord {
  state.sequence += 1;
  const record: DatasetRecord = { project, name, fields, sequence: state.sequence, createdAt: at };
  region.datasets.push(record);
  return record;
}

export function removeProject(region: RegionState, record: ProjectRecord, at: number): void {
  region.projects = region.projects.filter((project) => project !== record);
  keepGone(region, { kind: 'project', record, deletedAt: at });
}

/** The records of deleted bindings go with their dataset. */
export function removeDataset(region: RegionState, record: DatasetRecord, at: number): void {
  const { project, name } = record;
  region.datasets = region.datasets.filter((dataset) => dataset !== record);
  region.bindings = region.bindings.filter((b) => b.project !== project || b.dataset !== name);
  keepGone(region, { kind: 'dataset', record, deletedAt: at });
}

export function addAttachment(
  state: State,
  region: RegionState,
  attachment: Pick<AttachmentRecord, 'project' | 'bucket' | 'description'>,
  at: number,
): void {
  state.sequence += 1;
  const record: AttachmentRecord = { ...attachment, sequence: state.sequence, createdAt: at };
  region.attachments = [...(region.attachments ?? []), record];
}

export function findAttachment(region: RegionState, bucket: string): AttachmentRecord | undefined {
  return region.attachments?.find((attachment) => attachment.bucket === bucket);
}

export function removeAttachment(region: RegionState, record: AttachmentRecord, at: number): void {
  region.attachments = (region.attachments ?? []).filter((attachment) => attachment !== record);
  keepGone(region, { kind: 'attachment', record, deletedAt: at });
}
