import { ApiError, invalidArgument } from '../api-error.js';
import { rfc3339Nano } from '../clock.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import { addProject, datasetsOf, findProject, removeProject } from '../state/containers.js';
import { fieldsAsOf, lingering } from '../state/objects.js';
import type { ProjectRecord, RegionState } from '../state/records.js';
import type { World } from '../world.js';
import { changedFields, datasetDefaults } from './dataset-fields.js';
import { alreadyExists, limitExceeded, notFound, projectOrThrow, subResourcesExist } from './errors.js';
import { page } from './page.js';
import { description, isSet, jsonList, newName, requiredText, wholeNumber } from './parameters.js';
import { shownObjects } from './shown-objects.js';

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
    checkFree(region, name, world);
    if (findProject(region, name)) throw alreadyExists('Project');
    // §2.4, quotas.
    if (region.projects.length >= world.limits.projectsPerRegion) throw limitExceeded();
    const project = addProject(state, region, name, fields, world.clock.now());
    return { Project: projectReply(project, region, request, world) };
  });
};

/** Only given fields change; up to five minutes until reads show it (api-facts.md §2.7). */
export const updateProject: Handler = (request, caller, world) => {
  const tags = jsonList(request, 'Tag')?.map((tag) => ({ TagKey: tag.Key, TagValue: tag.Value }));
  const role = request.params.get('ServiceRole');
  return world.store.changeRegion(caller.account, request.region, (region) => {
    const project = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
    const most = wholeNumber(request, 'ProjectMaxDatasetCount', 1, 1e9);
    const before = (fieldsAsOf(project, world.clock.now()).Tags ?? []) as { readonly TagKey: unknown }[];
    // UNKNOWN, api-facts.md §2.7.
    const kept =
      world.switches.tagsOnUpdate === 'add'
        ? before.filter(({ TagKey }) => !tags?.some((tag) => tag.TagKey === TagKey))
        : [];
    const fields = {
      ...(role ? { ServiceRole: role } : {}),
      ...changedFields(request, world),
      ...(most !== undefined && { ProjectMaxDatasetCount: most }),
      ...(tags && { Tags: [...kept, ...tags] }),
    };
    project.updates = [...(project.updates ?? []), { at: world.clock.now(), fields }];
    return { Project: projectReply(project, region, request, world) };
  });
};

export const getProject: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const name = requiredText(request, 'ProjectName');
  const project = shownObjects(request, caller, world, 'project').find((one) => one.name === name);
  if (!project) throw notFound(world, 'Project');
  return { Project: projectReply(project, region, request, world) };
};

export const listProjects: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const prefix = request.params.get('Prefix') ?? '';
  // §2.4: 0-128 characters.
  if (prefix.length > 128) throw invalidArgument('Specified parameter Prefix is not valid.');
  const shown = shownObjects(request, caller, world, 'project');
  const wanted = shown.filter((project) => project.name.startsWith(prefix));
  const { items, token } = page(request, wanted, (project) => project.name);
  return { Projects: items.map((project) => projectReply(project, region, request, world)), ...token };
};

/** §2.4: while datasets, bindings, attachments, triggers or batches are left, 400 StatusConflict. */
export const deleteProject: Handler = (request, caller, world) =>
  world.store.changeRegion(caller.account, request.region, (region) => {
    const project = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
    if (hasChildren(region, project, world)) throw subResourcesExist();
    removeProject(region, project, world.clock.now());
    return {};
  });

function hasChildren(region: RegionState, { name, jobs = [] }: ProjectRecord, world: World): boolean {
  const lag = world.switches.deletedChildLingersMs;
  const now = world.clock.now();
  const isOf = ({ project }: { readonly project: string }) => project === name;
  return (
    jobs.length > 0 ||
    region.datasets.some(isOf) ||
    region.bindings.some((one) => isOf(one) && (one.deletedAt === null || now < one.deletedAt + lag)) ||
    (region.attachments ?? []).some(isOf) ||
    lingering(region, now, lag).some((one) => one.kind !== 'project' && isOf(one.record))
  );
}

/** UNKNOWN: for how long after its delete a name cannot be used again (api-facts.md §2.7). */
function checkFree(region: RegionState, name: string, world: World): void {
  const lag = world.switches.projectNameFreeAfterMs;
  const isTaken = lingering(region, world.clock.now(), lag).some(
    (one) => one.kind === 'project' && one.record.name === name,
  );
  if (isTaken) throw new ApiError(400, 'StatusConflict', 'The project is being deleted.');
}

function projectReply(
  project: ProjectRecord,
  region: RegionState,
  request: ApiRequest,
  world: World,
): Record<string, unknown> {
  const time = rfc3339Nano(project.createdAt, project.sequence);
  const updated = project.updates?.at(-1)?.at;
  return {
    ProjectName: project.name,
    Description: '',
    ...fieldsAsOf(project, world.clock.now() - world.switches.updateVisibleAfterMs),
    CreateTime: time,
    UpdateTime: updated === undefined ? time : rfc3339Nano(updated, project.sequence),
    DatasetCount: datasetsOf(region, project.name).length,
    FileCount: isSet(request, 'WithStatistics') ? entriesOf(region, project.name) : 0,
    TotalFileSize: 0,
    // §2.4: the defaults of the service.
    ProjectQueriesPerSecond: 100,
    EngineConcurrency: 100,
  };
}

function entriesOf(region: RegionState, project: string): number {
  return datasetsOf(region, project).reduce((sum, { entries = [] }) => sum + entries.length, 0);
}
