import type { DatasetRecord, ProjectRecord, RegionState, State } from './records.js';

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

export function removeProject(region: RegionState, name: string): void {
  region.projects = region.projects.filter((project) => project.name !== name);
}

/** The records of deleted bindings go with their dataset. */
export function removeDataset(region: RegionState, project: string, name: string): void {
  region.datasets = region.datasets.filter((d) => d.project !== project || d.name !== name);
  region.bindings = region.bindings.filter((b) => b.project !== project || b.dataset !== name);
}
