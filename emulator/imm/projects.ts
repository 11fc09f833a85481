import { invalidArgument } from '../api-error.js';
import { rfc3339Nano } from '../clock.js';
import type { Handler } from '../pipeline/handler.js';
import { addProject, datasetsOf, findProject, removeProject } from '../state/containers.js';
import type { ProjectRecord, RegionState } from '../state/records.js';
import { datasetDefaults } from './datasets.js';
import { alreadyExists, limitExceeded, projectOrThrow, subResourcesExist } from './errors.js';
import { page } from './page.js';
import { description, jsonList, newName, requiredText, wholeNumber } from './parameters.js';

/** api-facts.md §2.4. */
export const createProject: Handler = (request, caller, world) => {
  const name = newName(request, 'ProjectName');
  const tags = jsonList(request, 'Tag')?.map((tag) => ({ TagKey: tag.Key, TagValue: tag.Value }));
  const fields = {
    // The default of the service: §2.4.
    ServiceRole: request.params.get('ServiceRole') || 'AliyunIMMDefaultRole',
    TemplateId: request.params.get('TemplateId') ?? '',
    ...description(request),
    ProjectMaxDatasetCount: wholeNumber(request, 'ProjectMaxDatasetCount', 1, 1e9) ?? 1e9,
    ...datasetDefaults(request, world),
    ...(tags ? { Tags: tags } : {}),
  };
  return world.store.changeRegion(caller.account, request.region, (region, state) => {
    if (findProject(region, name)) throw alreadyExists('Project');
    // §2.4, quotas.
    if (region.projects.length >= world.limits.projectsPerRegion) throw limitExceeded();
    const project = addProject(state, region, name, fields, world.clock.now());
    return { Project: projectReply(project, region) };
  });
};

export const getProject: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
  return { Project: projectReply(project, region) };
};

export const listProjects: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const prefix = request.params.get('Prefix') ?? '';
  // §2.4: 0-128 characters.
  if (prefix.length > 128) throw invalidArgument('Specified parameter Prefix is not valid.');
  const wanted = region.projects.filter((project) => project.name.startsWith(prefix));
  const { items, token } = page(request, wanted, (project) => project.name);
  return { Projects: items.map((project) => projectReply(project, region)), ...token };
};

/** §2.4: while datasets are left, 400 StatusConflict. */
export const deleteProject: Handler = (request, caller, world) =>
  world.store.changeRegion(caller.account, request.region, (region) => {
    const { name } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
    if (datasetsOf(region, name).length > 0) throw subResourcesExist();
    removeProject(region, name);
    return {};
  });

function projectReply(project: ProjectRecord, region: RegionState): Record<string, unknown> {
  const time = rfc3339Nano(project.createdAt, project.sequence);
  return {
    ProjectName: project.name,
    ...project.fields,
    CreateTime: time,
    UpdateTime: time,
    DatasetCount: datasetsOf(region, project.name).length,
    FileCount: 0,
    TotalFileSize: 0,
    // §2.4: the defaults of the service.
    ProjectQueriesPerSecond: 100,
    EngineConcurrency: 100,
  };
}
