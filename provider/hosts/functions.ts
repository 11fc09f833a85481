import { datasetBinding } from '../imm/dataset-binding.js';
import { type ShownBinding, showBinding } from '../imm/get-dataset-binding.js';
import { titleOf } from '../lifecycle/description.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import { sharedIn } from './program-sessions.js';
import type { Say } from './session.js';
import { StepError } from './step-error.js';
import { type Call, Steps } from './steps.js';

/** imm.getDatasetBinding of checked inputs. */
export function askForBinding(steps: Steps, inputs: Properties, call?: Call): Promise<ShownBinding> {
  return steps.ask(datasetBinding.idOf(inputs), (operation) => showBinding(inputs, operation), call);
}

/** How a program asks, in its own process. */
export interface Asking {
  /** The same object for all calls of one run of the program: they share what a provider's process would share. */
  readonly run: object;
  /** Told once of what concerns all calls. */
  readonly say: Say;
}

/** The same, for a program: `config` is all of a configuration, by key. */
export async function readDatasetBinding(
  args: Properties,
  config: Readonly<Record<string, string>>,
  { run, say }: Asking,
): Promise<ShownBinding> {
  const { session, turns } = sharedIn(run, config, say);
  const steps = new Steps(datasetBinding, () => session);
  const { inputs, failures } = steps.check(args);
  if (failures.length > 0) {
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`).join('\n');
    throw new StepError('read', titleOf(datasetBinding.description), new Error(reasons), '');
  }
  return turns.take(() => askForBinding(steps, inputs));
}
