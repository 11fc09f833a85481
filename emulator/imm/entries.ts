import { invalidArgument } from '../api-error.js';
import type { Handler } from '../pipeline/handler.js';
import { datasetOrThrow } from './errors.js';
import { isSet, parseOrUndefined, requiredText, wholeNumber } from './parameters.js';

/** api-facts.md §2.9: at most 100 URIs a request. */
const MOST = 100;

/** Of the query only paging is emulated: every entry fits. */
export const simpleQuery: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const project = requiredText(request, 'ProjectName');
  const { entries = [] } = datasetOrThrow(world, region, project, requiredText(request, 'DatasetName'));
  const size = wholeNumber(request, 'MaxResults', 0, MOST) || MOST;
  const after = request.params.get('NextToken') ?? '';
  const left = [...entries].sort().filter((uri) => after === '' || uri > after);
  const uris = left.slice(0, size);
  const hasTotal = !isSet(request, 'WithoutTotalHits');
  return {
    Files: uris.map((URI) => ({ URI })),
    ...(left.length > size ? { NextToken: uris.at(-1) } : {}),
    ...(hasTotal ? { TotalHits: entries.length } : {}),
  };
};

/** api-facts.md §2.9: success whether or not an entry exists. */
export const batchDeleteFileMeta: Handler = (request, caller, world) => {
  const uris = parseOrUndefined(requiredText(request, 'URIs'));
  if (!Array.isArray(uris) || uris.length > MOST)
    throw invalidArgument('Specified parameter URIs is not valid.');
  return deleted(request, caller, world, uris);
};

export const deleteFileMeta: Handler = (request, caller, world) =>
  deleted(request, caller, world, [requiredText(request, 'URI')]);

function deleted(
  ...[request, caller, world, uris]: [...Parameters<Handler>, readonly unknown[]]
): object & Record<string, unknown> {
  return world.store.changeRegion(caller.account, request.region, (region) => {
    const project = requiredText(request, 'ProjectName');
    const dataset = datasetOrThrow(world, region, project, requiredText(request, 'DatasetName'));
    dataset.entries = (dataset.entries ?? []).filter((uri) => !uris.includes(uri));
    return {};
  });
}
