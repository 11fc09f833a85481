import { ApiError } from '../api-error.js';
import { findDataset, findProject } from '../state/containers.js';
import type { DatasetRecord, ProjectRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';

/** HTTP 400, with a message that may or may not say what is missing: api-facts.md §2.5 and §9 question 2. */
export function notFound(world: World, what: 'Project' | 'Dataset' | 'Binding' | 'Attachment'): ApiError {
  const { notFoundWord } = world.switches;
  const word = what === 'Binding' ? notFoundWord : what;
  const resource = notFoundWord === 'none' ? 'resource' : `resource ${word}`;
  return new ApiError(400, 'ResourceNotFound', `The specified ${resource} is not found.`);
}

/** HTTP 400: api-facts.md §2.5. */
export function alreadyExists(what: string): ApiError {
  return new ApiError(400, 'ResourceAlreadyExists', `The specified resource ${what} already exists.`);
}

/** HTTP 400: api-facts.md §2.5. */
export function limitExceeded(): ApiError {
  return new ApiError(400, 'LimitExceededError', 'resource count exceeds the limit');
}

/** HTTP 400, with the spelling of the service: api-facts.md §2.5. */
export function subResourcesExist(code = 'StatusConflict', status = 400): ApiError {
  return new ApiError(status, code, 'cannot delete when sub resoures exist');
}

/** The code of a state that forbids the operation (api-facts.md §2.5); that a delete under way gives it is assumed. */
export function beingDeleted(): ApiError {
  return new ApiError(400, 'StatusConflict', 'The binding is being deleted.');
}

export function projectOrThrow(world: World, region: RegionState, name: string): ProjectRecord {
  const project = findProject(region, name);
  if (!project) throw notFound(world, 'Project');
  return project;
}

export function datasetOrThrow(
  world: World,
  region: RegionState,
  project: string,
  name: string,
): DatasetRecord {
  projectOrThrow(world, region, project);
  const dataset = findDataset(region, project, name);
  if (!dataset) throw notFound(world, 'Dataset');
  return dataset;
}
