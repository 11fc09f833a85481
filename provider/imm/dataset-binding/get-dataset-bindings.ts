import { NotFoundError } from '../../alicloud/answers/errors.js';
import { defineFunction, type MediaFunction } from '../../lifecycle/define-function.js';
import type { FunctionDescription } from '../../lifecycle/description.js';
import type { Operation } from '../../lifecycle/operation.js';
import { listDatasets } from '../dataset/list-datasets.js';
import { BINDING_OUTPUTS, DATASET_ARN, type DatasetNames } from '../names.js';
import { existing } from '../not-existing.js';
import { type Binding, idOf } from './binding.js';
import { description as binding } from './dataset-binding.js';
import { listBindings } from './list-bindings.js';

const { projectName, datasetName, region } = binding.args;

export const description = {
  module: 'imm',
  name: 'getDatasetBindings',
  service: 'imm',
  entry: 'get-dataset-bindings',
  summary:
    'Lists the bindings of a dataset, or of all datasets of a project, all pages of them. Fails where the project or the dataset does not exist.',
  subject: 'the bindings of',
  idFormat: '{region}/{projectName}/{datasetName}',
  about: ['imm.Project', 'imm.Dataset'],
  args: {
    projectName,
    datasetName: {
      ...datasetName,
      required: false,
      description: 'The dataset in the project.',
      default: 'every dataset of the project',
    },
    region: { ...region, description: 'The region of the project.' },
  },
  outputs: {
    bindings: {
      type: 'rows',
      description: 'Each binding that exists, also those of other stacks and of nobody.',
      fields: {
        id: { type: 'string', description: `\`${binding.idFormat}\`.` },
        datasetName: { type: 'string', description: 'The dataset.' },
        uri: { type: 'string', description: 'The OSS bucket, such as `oss://my-bucket`.' },
        ...BINDING_OUTPUTS,
      },
    },
  },
  ramActions: [
    { action: 'imm:ListBindings', when: 'always', resource: DATASET_ARN },
    {
      action: 'imm:ListDatasets',
      when: 'without `datasetName`',
      resource: 'acs:imm:{region}:{accountId}:project/{projectName}/dataset/*',
    },
  ],
} as const satisfies FunctionDescription;

interface BindingRow extends Binding, Pick<DatasetNames, 'datasetName'> {
  readonly id: string;
  readonly uri: string;
}

export const getDatasetBindings: MediaFunction = defineFunction(description, async (names, operation) => {
  const { datasetName: asked } = names;
  if (asked !== undefined) {
    const what = `the project ${names.projectName} or its dataset ${asked}`;
    return { bindings: await existing(what, () => rowsOf(operation, { ...names, datasetName: asked })) };
  }
  const listed = await existing(`the project ${names.projectName}`, () => listDatasets(operation, names));
  const bindings = [];
  // One after the other: a program asks up to eight questions at a time already.
  for (const { DatasetName } of listed) {
    bindings.push(
      ...(await rowsOf(operation, { ...names, datasetName: String(DatasetName) }).catch((error: unknown) => {
        // It was deleted since it was listed, and so were its bindings.
        if (error instanceof NotFoundError) return [];
        throw error;
      })),
    );
  }
  return { bindings };
});

/** What leaving the dataset out of ListBindings means is UNKNOWN (api-facts.md §2.1), so each is asked for. */
async function rowsOf(operation: Operation, names: DatasetNames): Promise<readonly BindingRow[]> {
  const { region, projectName, datasetName } = names;
  const listing = await listBindings(operation, names);
  return [...listing].map(([uri, found]) => ({
    id: idOf({ region, projectName, datasetName, uri }),
    datasetName,
    uri,
    ...found,
  }));
}
