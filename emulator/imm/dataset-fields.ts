import { invalidArgument } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { World } from '../world.js';
import { description, longNumber, wholeNumber } from './parameters.js';

/** §2.3: ranges and defaults, the same for a project (§2.4). 9e16 is above 2^53 and still exact as a double. */
export function datasetDefaults(request: Pick<ApiRequest, 'params'>, world: World): Record<string, unknown> {
  const most = mostBindings(world);
  return {
    DatasetMaxBindCount: most,
    DatasetMaxFileCount: 1e8,
    DatasetMaxEntityCount: 1e10,
    DatasetMaxRelationCount: 1e11,
    DatasetMaxTotalFileSize: 9e16,
    ...givenLimits(request, world),
  };
}

/** The limits that the request gives. */
export function givenLimits(request: Pick<ApiRequest, 'params'>, world: World): Record<string, unknown> {
  const given = {
    DatasetMaxBindCount: wholeNumber(request, 'DatasetMaxBindCount', 1, mostBindings(world)),
    DatasetMaxFileCount: wholeNumber(request, 'DatasetMaxFileCount', 1, 1e8),
    DatasetMaxEntityCount: longNumber(request, 'DatasetMaxEntityCount'),
    DatasetMaxRelationCount: longNumber(request, 'DatasetMaxRelationCount'),
    DatasetMaxTotalFileSize: longNumber(request, 'DatasetMaxTotalFileSize'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** What an update of a project or a dataset changes: only what is given. */
export function changedFields(request: ApiRequest, world: World): Record<string, unknown> {
  const template = request.params.get('TemplateId');
  return {
    ...(template !== undefined && { TemplateId: template }),
    ...description(request),
    ...emptied(request, world),
    ...givenLimits(request, world),
  };
}

/** UNKNOWN: what an empty description does (api-facts.md §2.7). */
function emptied(request: ApiRequest, world: World): Record<string, unknown> {
  const { emptyDescription } = world.switches;
  if (request.params.get('Description') !== '' || emptyDescription === 'ignored') return {};
  if (emptyDescription === 'refused') throw invalidArgument('Specified parameter Description is not valid.');
  return { Description: '' };
}

function mostBindings({ limits }: World): number {
  return Number.isFinite(limits.bindingsPerDataset) ? limits.bindingsPerDataset : 1e9;
}
