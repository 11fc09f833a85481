import { defineFunction, type MediaFunction } from '../../lifecycle/define-function.js';
import type { FunctionDescription } from '../../lifecycle/description.js';
import { NotThereError } from '../../lifecycle/failures.js';
import { BINDING_OUTPUTS, DATASET_ARN } from '../names.js';
import { idOf } from './binding.js';
import { description as binding } from './dataset-binding.js';
import { getBinding } from './look-at-binding.js';

const { projectName, datasetName, uri, region } = binding.args;

export const description = {
  module: 'imm',
  name: 'getDatasetBinding',
  service: 'imm',
  entry: 'get-dataset-binding',
  summary:
    'Asks for the live state of a binding, in a preview too; not while an argument is unknown. Fails where the binding does not exist.',
  subject: 'imm.DatasetBinding',
  idFormat: binding.idFormat,
  args: { projectName, datasetName, uri, region },
  outputs: {
    id: { type: 'string', description: `\`${binding.idFormat}\`.` },
    ...BINDING_OUTPUTS,
  },
  ramActions: [
    { action: 'imm:GetBinding', when: 'always', resource: DATASET_ARN },
    {
      action: 'imm:ListBindings',
      when: 'where the service says that something is not found',
      resource: DATASET_ARN,
    },
  ],
} as const satisfies FunctionDescription;

export const getDatasetBinding: MediaFunction = defineFunction(description, async (names, operation) => {
  const found = await getBinding(operation, names);
  if (found === undefined) throw new NotThereError('it does not exist.');
  return { id: idOf(names), ...found };
});
