import { rfc3339Nano } from '../clock.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import { liveBindings } from '../state/bindings.js';
import { addDataset, datasetsOf, findDataset, removeDataset } from '../state/containers.js';
import { fieldsAsOf } from '../state/objects.js';
import type { BindingRecord, DatasetRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';
import { changedFields, datasetDefaults, givenLimits } from './dataset-fields.js';
import {
  alreadyExists,
  datasetOrThrow,
  limitExceeded,
  notFound,
  projectOrThrow,
  subResourcesExist,
} from './errors.js';
import { page } from './page.js';
import { description, isSet, jsonList, newName, requiredText } from './parameters.js';
import { shownObjects } from './shown-objects.js';

/** A request that gives no limit. */
const NOTHING = { params: new Map<string, string>() };

/** api-facts.md §2.3. */
export const createDataset: Handler = (request, caller, world) => {
  const projectName = requiredText(request, 'ProjectName');
  const name = newName(request, 'DatasetName');
  const workflow = jsonList(request, 'WorkflowParameters');
  const fields = {
    TemplateId: request.params.get('TemplateId') ?? '',
    ...description(request),
    ...givenLimits(request, world),
    ...(workflow ? { WorkflowParameters: workflow } : {}),
  };
  return world.store.changeRegion(caller.account, request.region, (region, state) => {
    const project = projectOrThrow(world, region, projectName);
    if (findDataset(region, projectName, name)) throw alreadyExists('Dataset');
    const most = Number(fieldsAsOf(project, world.clock.now()).ProjectMaxDatasetCount);
    if (datasetsOf(region, projectName).length >= most) {
      throw limitExceeded();
    }
    const dataset = addDataset(state, region, projectName, name, fields, world.clock.now());
    return { Dataset: datasetReply(dataset, region, request, world) };
  });
};

/** Only given fields change; up to five minutes until reads show it (api-facts.md §2.7). */
export const updateDataset: Handler = (request, caller, world) =>
  world.store.changeRegion(caller.account, request.region, (region) => {
    const project = requiredText(request, 'ProjectName');
    const dataset = datasetOrThrow(world, region, project, requiredText(request, 'DatasetName'));
    const update = { at: world.clock.now(), fields: changedFields(request, world) };
    dataset.updates = [...(dataset.updates ?? []), update];
    return { Dataset: datasetReply(dataset, region, request, world) };
  });

export const getDataset: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const { name: project } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
  const name = requiredText(request, 'DatasetName');
  const shown = shownObjects(request, caller, world, 'dataset');
  const dataset = shown.find((one) => one.name === name && one.project === project);
  if (!dataset) throw notFound(world, 'Dataset');
  return { Dataset: datasetReply(dataset, region, request, world) };
};

export const listDatasets: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const { name: project } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
  const prefix = request.params.get('Prefix') ?? '';
  const shown = shownObjects(request, caller, world, 'dataset').filter((one) => one.project === project);
  const wanted = shown.filter((dataset) => dataset.name.startsWith(prefix));
  const { items, token } = page(request, wanted, (dataset) => dataset.name);
  return { Datasets: items.map((dataset) => datasetReply(dataset, region, request, world)), ...token };
};

/** §2.3: all bindings and index entries must be deleted first; the code is a switch (§9 question 6). */
export const deleteDataset: Handler = (request, caller, world) => {
  const project = requiredText(request, 'ProjectName');
  const name = requiredText(request, 'DatasetName');
  return world.store.changeRegion(caller.account, request.region, (region) => {
    const dataset = datasetOrThrow(world, region, project, name);
    if (hasChildren(region, dataset, world)) {
      const { deleteDatasetWithBindings, datasetNotEmptyStatus } = world.switches;
      throw subResourcesExist(deleteDatasetWithBindings, datasetNotEmptyStatus);
    }
    removeDataset(region, dataset, world.clock.now());
    return {};
  });
};

export function bindingsOf(region: RegionState, project: string, dataset: string): BindingRecord[] {
  return liveBindings(region).filter((b) => b.project === project && b.dataset === dataset);
}

function hasChildren(
  region: RegionState,
  { project, name, entries = [] }: DatasetRecord,
  world: World,
): boolean {
  const now = world.clock.now();
  const isCounted = ({ deletedAt }: BindingRecord) =>
    deletedAt === null || now < deletedAt + world.switches.deletedChildLingersMs;
  const bindings = region.bindings.filter((b) => b.project === project && b.dataset === name);
  return entries.length > 0 || bindings.some(isCounted);
}

function datasetReply(
  dataset: DatasetRecord,
  region: RegionState,
  request: ApiRequest,
  world: World,
): Record<string, unknown> {
  const time = rfc3339Nano(dataset.createdAt, dataset.sequence);
  const at = world.clock.now() - world.switches.updateVisibleAfterMs;
  const updated = dataset.updates?.at(-1)?.at;
  const project = region.projects.find(({ name }) => name === dataset.project);
  // UNKNOWN: what is shown of limits that the dataset gave none of (api-facts.md §2.7).
  const above = world.switches.datasetLimitsUnset === 'project' && project ? fieldsAsOf(project, at) : {};
  const limits = Object.entries({ ...datasetDefaults(NOTHING, world), ...above }).filter(([field]) =>
    field.startsWith('DatasetMax'),
  );
  return {
    ProjectName: dataset.project,
    DatasetName: dataset.name,
    Description: '',
    ...Object.fromEntries(limits),
    ...fieldsAsOf(dataset, at),
    CreateTime: time,
    UpdateTime: updated === undefined ? time : rfc3339Nano(updated, dataset.sequence),
    BindCount: bindingsOf(region, dataset.project, dataset.name).length,
    FileCount: isSet(request, 'WithStatistics') ? (dataset.entries ?? []).length : 0,
    TotalFileSize: 0,
  };
}
