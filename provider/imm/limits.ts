const UP_TO_2_63 = ['0', '9223372036854775807'] as const;

function limit<const W extends string>(
  wire: W,
  description: string,
  standard: string,
  range: readonly [number, number],
) {
  return {
    type: 'integer',
    updates: true,
    wire,
    range,
    rule: `a whole number from ${range[0]} to ${range[1]}`,
    reset: Number(standard),
    description,
    default: `${standard}, by the service`,
    source: 'api-facts.md §2.3, §2.4',
    example: String(range[1]),
  } as const;
}

function size<const W extends string>(wire: W, description: string, standard: string) {
  return {
    type: 'int64',
    updates: true,
    wire,
    range: UP_TO_2_63,
    rule: 'a whole number from 0 to 9223372036854775807; above 9007199254740991 as a text of digits',
    reset: standard,
    description: `${description} Kept as text.`,
    default: `${standard}, by the service`,
    source: 'api-facts.md §2.3, §2.4',
    example: standard,
  } as const;
}

export const MAX_DATASETS = limit(
  'ProjectMaxDatasetCount',
  'How many datasets the project may have.',
  '1000000000',
  [1, 1_000_000_000],
);

/** What a dataset may hold: said of a dataset, or in a project of all that say nothing of their own. */
export const DATASET_LIMITS = {
  datasetMaxBindCount: limit('DatasetMaxBindCount', 'How many bindings a dataset may have.', '10', [1, 10]),
  datasetMaxFileCount: limit(
    'DatasetMaxFileCount',
    'How many files a dataset may index.',
    '100000000',
    [1, 100_000_000],
  ),
  datasetMaxEntityCount: size(
    'DatasetMaxEntityCount',
    'How many entities a dataset may hold. The service reserves it, and does not enforce it.',
    '10000000000',
  ),
  datasetMaxRelationCount: size(
    'DatasetMaxRelationCount',
    'How many relations a dataset may hold. The service reserves it, and does not enforce it.',
    '100000000000',
  ),
  datasetMaxTotalFileSize: size(
    'DatasetMaxTotalFileSize',
    'The size of all files of a dataset together, in bytes. Over it no more are indexed.',
    '90000000000000000',
  ),
} as const;
