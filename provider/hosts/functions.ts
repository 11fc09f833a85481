import type { ConfigSource } from '../alicloud/configuration.js';
import { datasetBinding } from '../imm/dataset-binding.js';
import { type ShownBinding, showBinding } from '../imm/get-dataset-binding.js';
import { titleOf } from '../lifecycle/description.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import { type Say, Session } from './session.js';
import { StepError } from './step-error.js';
import { type Call, Steps } from './steps.js';

/** imm.getDatasetBinding of checked inputs. */
export function askForBinding(steps: Steps, inputs: Properties, call?: Call): Promise<ShownBinding> {
  return steps.ask(datasetBinding.idOf(inputs), (operation) => showBinding(inputs, operation), call);
}

/** The same, as a program runs it in its own process. */
export async function readDatasetBinding(
  args: Readonly<Record<string, unknown>>,
  get: ConfigSource,
  say: Say,
): Promise<ShownBinding> {
  const session = new Session(get, process.env, say);
  const steps = new Steps(datasetBinding, () => session);
  const { inputs, failures } = steps.check(args);
  if (failures.length > 0) {
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`).join('\n');
    throw new StepError('read', titleOf(datasetBinding.description), new Error(reasons), '');
  }
  return askForBinding(steps, inputs);
}
