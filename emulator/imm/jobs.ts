import { ApiError } from '../api-error.js';
import type { Handler } from '../pipeline/handler.js';
import type { JobRecord } from '../state/records.js';
import { projectOrThrow } from './errors.js';
import { page } from './page.js';
import { requiredText } from './parameters.js';

/** Triggers and batches keep their project (api-facts.md §2.9); all else of them is not emulated. */
export function listJobs(kind: JobRecord['kind'], field: string): Handler {
  return (request, caller, world) => {
    const region = world.store.region(caller.account, request.region);
    const { jobs = [] } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
    const { items, token } = page(
      request,
      jobs.filter((job) => job.kind === kind),
      ({ id }) => id,
    );
    return { [field]: items.map(({ id }) => ({ Id: id, State: 'Suspended' })), ...token };
  };
}

export function deleteJob(kind: JobRecord['kind']): Handler {
  return (request, caller, world) =>
    world.store.changeRegion(caller.account, request.region, (region) => {
      const project = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
      const id = requiredText(request, 'Id');
      const left = (project.jobs ?? []).filter((job) => job.kind !== kind || job.id !== id);
      if (left.length === (project.jobs ?? []).length)
        throw new ApiError(400, 'ResourceNotFound', `The specified resource ${kind} is not found.`);
      project.jobs = left;
      return {};
    });
}
