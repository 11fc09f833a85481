import { invalidArgument } from '../api-error.js';
import { rfc3339Nano } from '../clock.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import { liveBindings } from '../state/bindings.js';
import { addDataset, datasetsOf, findDataset, removeDataset } from '../state/containers.js';
import type { BindingRecord, DatasetRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';
import { alreadyExists, datasetOrThrow, limitExceeded, projectOrThrow, subResourcesExist } from './errors.js';
import { page } from './page.js';
import { description, jsonList, newName, requiredText, wholeNumber } from './parameters.js';

/** api-facts.md §2.3. */
export const createDataset: Handler = (request, caller, world) => {
  const projectName = requiredText(request, 'ProjectName');
  const name = newName(request, 'DatasetName');
  const workflow = jsonList(request, 'WorkflowParameters');
  const fields = {
    TemplateId: request.params.get('TemplateId') ?? '',
    ...description(request),
    ...datasetDefaults(request, world),
    ...(workflow ? { WorkflowParameters: workflow } : {}),
  };
  return world.store.changeRegion(caller.account, request.region, (region, state) => {
    const project = projectOrThrow(world, region, projectName);
    if (findDataset(region, projectName, name)) throw alreadyExists('Dataset');
    if (datasetsOf(region, projectName).length >= Number(project.fields.ProjectMaxDatasetCount)) {
      throw limitExceeded();
    }
    const dataset = addDataset(state, region, projectName, name, fields, world.clock.now());
    return { Dataset: datasetReply(dataset, region) };
  });
};

export const getDataset: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const dataset = datasetOrThrow(world, region, project, requiredText(request, 'DatasetName'));
  return { Dataset: datasetReply(dataset, region) };
};

export const listDatasets: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const { name: project } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
  const prefix = request.params.get('Prefix') ?? '';
  const wanted = datasetsOf(region, project).filter((dataset) => dataset.name.startsWith(prefix));
  const { items, token } = page(request, wanted, (dataset) => dataset.name);
  return { Datasets: items.map((dataset) => datasetReply(dataset, region)), ...token };
};

/** §2.3: all bindings must be deleted first; the code is a switch (§9 question 6). No index entries are emulated. */
export const deleteDataset: Handler = (request, caller, world) => {
  const project = requiredText(request, 'ProjectName');
  const name = requiredText(request, 'DatasetName');
  return world.store.changeRegion(caller.account, request.region, (region) => {
    datasetOrThrow(world, region, project, name);
    if (bindingsOf(region, project, name).length > 0) {
      throw subResourcesExist(world.switches.deleteDatasetWithBindings);
    }
    removeDataset(region, project, name);
    return {};
  });
};

/** §2.3: ranges and defaults, the same for a project (§2.4). 9e16 is above 2^53 and still exact as a double. */
export function datasetDefaults(request: ApiRequest, world: World): Record<string, unknown> {
  const most = Number.isFinite(world.limits.bindingsPerDataset) ? world.limits.bindingsPerDataset : 1e9;
  const size = wholeNumber(request, 'DatasetMaxTotalFileSize', 0, 9e16);
  if (size !== undefined && size !== 9e16 && !Number.isSafeInteger(size)) {
    throw invalidArgument('DatasetMaxTotalFileSize above 2^53 is not emulated, but for the default.');
  }
  return {
    DatasetMaxBindCount: wholeNumber(request, 'DatasetMaxBindCount', 1, most) ?? most,
    DatasetMaxFileCount: wholeNumber(request, 'DatasetMaxFileCount', 1, 1e8) ?? 1e8,
    DatasetMaxEntityCount: wholeNumber(request, 'DatasetMaxEntityCount', 0, 1e10) ?? 1e10,
    DatasetMaxRelationCount: wholeNumber(request, 'DatasetMaxRelationCount', 0, 1e11) ?? 1e11,
    DatasetMaxTotalFileSize: size ?? 9e16,
  };
}

export function bindingsOf(region: RegionState, project: string, dataset: string): BindingRecord[] {
  return liveBindings(region).filter((b) => b.project === project && b.dataset === dataset);
}

function datasetReply(dataset: DatasetRecord, region: RegionState): Record<string, unknown> {
  const time = rfc3339Nano(dataset.createdAt, dataset.sequence);
  return {
    ProjectName: dataset.project,
    DatasetName: dataset.name,
    ...dataset.fields,
    CreateTime: time,
    UpdateTime: time,
    BindCount: bindingsOf(region, dataset.project, dataset.name).length,
    FileCount: 0,
    TotalFileSize: 0,
  };
}
