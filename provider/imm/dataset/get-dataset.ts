import { defineFunction, type MediaFunction } from '../../lifecycle/define-function.js';
import type { FunctionDescription } from '../../lifecycle/description.js';
import { idOf } from '../../lifecycle/ids.js';
import { shown } from '../../lifecycle/shown.js';
import { DATASET_LIMITS } from '../limits.js';
import { DATASET_ARN, DESCRIPTION, SHOWN_TIMES, TEMPLATE_ID } from '../names.js';
import { showObject } from '../show-object.js';
import { countOf, mayLack, WITH_STATISTICS } from '../statistics.js';
import { description as dataset } from './dataset.js';

const { projectName, datasetName, region } = dataset.args;

export const description = {
  module: 'imm',
  name: 'getDataset',
  service: 'imm',
  entry: 'get-dataset',
  summary:
    'Asks for a dataset as the service shows it now, in a preview too; not while an argument is unknown. Fails where the dataset or its project does not exist.',
  subject: 'imm.Dataset',
  idFormat: dataset.idFormat,
  args: { projectName, datasetName, region, withStatistics: WITH_STATISTICS },
  outputs: {
    id: { type: 'string', description: `\`${dataset.idFormat}\`.` },
    description: DESCRIPTION,
    templateId: TEMPLATE_ID,
    ...mayLack(DATASET_LIMITS),
    ...SHOWN_TIMES,
    bindCount: countOf('BindCount', 'How many bindings it has.'),
    fileCount: countOf('FileCount', 'How many files are indexed.'),
    totalFileSize: countOf('TotalFileSize', 'The size of those files, in bytes.'),
  },
  ramActions: [{ action: 'imm:GetDataset', when: 'always', resource: DATASET_ARN }],
} as const satisfies FunctionDescription;

export const getDataset: MediaFunction = defineFunction(description, async (inputs, operation) => {
  const row = await showObject(operation, {
    region: inputs.region,
    action: 'GetDataset',
    field: 'Dataset',
    names: { ProjectName: inputs.projectName, DatasetName: inputs.datasetName },
    withStatistics: inputs.withStatistics,
    // One code stands for both (api-facts.md §2.5), and its text is no proof of either.
    what: `it, or its project ${inputs.projectName},`,
  });
  return shown(description, row, inputs, { id: idOf(description, inputs) });
});
