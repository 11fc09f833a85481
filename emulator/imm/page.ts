import type { ApiRequest } from '../pipeline/api-request.js';
import { wholeNumber } from './parameters.js';

interface Page<T> {
  readonly items: T[];
  /** Present only when more remain: api-facts.md §2.1, ListBindings. */
  readonly token: { readonly NextToken?: string };
}

/**
 * MaxResults 0-200, absent or 0 is 100; tokens and order are lexicographic: api-facts.md §2.1, §2.3, §2.4.
 * Here a token is the key of the last item given, and the next page begins after it.
 */
export function page<T>(request: ApiRequest, all: readonly T[], key: (item: T) => string): Page<T> {
  const size = wholeNumber(request, 'MaxResults', 0, 200) || 100;
  const after = request.params.get('NextToken') ?? '';
  const sorted = all
    .map((item) => ({ item, key: key(item) }))
    .filter((row) => after === '' || row.key > after)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const rows = sorted.slice(0, size);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => row.item),
    token: last && sorted.length > rows.length ? { NextToken: last.key } : {},
  };
}
