import { datasetBinding } from '../../imm/dataset-binding.js';
import { getDatasetBinding } from '../../imm/get-dataset-binding.js';
import { pluginType } from '../../lifecycle/description.js';
import type { CheckFailure, Properties } from '../../lifecycle/lifecycle.js';
import { askForBinding } from '../functions.js';
import type { Call, Steps } from '../steps.js';

export interface Asked {
  readonly result?: Properties;
  readonly failures: readonly CheckFailure[];
}

/** Runs the function of this token. */
export async function ask(
  token: string,
  args: Properties,
  stepsOf: (type: string) => Promise<Steps>,
  call: Call,
): Promise<Asked> {
  const { module, name } = getDatasetBinding;
  if (token !== `alicloud-media:${module}:${name}`)
    throw new Error(`${token} is no function of alicloud-media; it has ${module}.${name}.`);
  const steps = await stepsOf(pluginType(datasetBinding.description));
  const { inputs, failures } = steps.check(args);
  if (failures.length > 0) return { failures };
  return { failures, result: { ...(await askForBinding(steps, inputs, call)) } };
}
