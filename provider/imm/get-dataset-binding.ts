import type { FunctionDescription, ResultOf } from '../lifecycle/description.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import type { Operation } from '../lifecycle/operation.js';
import { type BindingNames, idOf } from './binding.js';
import { description } from './dataset-binding.js';
import { getBinding } from './look-at-binding.js';

const { projectName, datasetName, uri, region } = description.args;

export const getDatasetBinding = {
  module: 'imm',
  name: 'getDatasetBinding',
  entry: 'get-dataset-binding',
  summary:
    'Asks for the live state of a binding, in a preview too; not while an argument is unknown. Fails where the binding does not exist.',
  args: { projectName, datasetName, uri, region },
  outputs: {
    id: { type: 'string', description: `\`${description.idFormat}\`.` },
    state: { type: 'string', description: '`Ready`, `Running`, `Stopped`, `Retrying` or `Failed`.' },
    phase: { type: 'string', description: '`FullScanning`, `IncrementalScanning`, or empty.' },
    reason: {
      type: 'string',
      description: 'Why it is in this state, in the words of the service, or empty.',
    },
    createTime: { type: 'string', description: 'When the service made it, RFC 3339.' },
  },
} as const satisfies FunctionDescription;

/** A binding as the service shows it now. */
export type ShownBinding = ResultOf<typeof getDatasetBinding>;

/** The live binding of checked inputs; an error where there is none. */
export async function showBinding(inputs: Properties, operation: Operation): Promise<ShownBinding> {
  const names = inputs as unknown as BindingNames;
  await operation.account();
  const binding = await getBinding(operation, names);
  if (binding === undefined) throw new Error('it does not exist.');
  return { id: idOf(names), ...binding };
}
