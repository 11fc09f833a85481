import * as pulumi from '@pulumi/pulumi';
import type { GetDatasetBindingArgs, GetDatasetBindingResult } from './get-dataset-binding-types.js';
import { refuseUnknownKeys } from './known-keys.js';
import { configurationOfProvider } from './provider.js';

/**
 * Asks for the live state of a binding, in a preview too; not while an argument is unknown. Fails where the binding
 * does not exist. Runs in the program: it uses the configuration of the stack, or that of the option `provider`.
 */
export function getDatasetBinding(
  args: GetDatasetBindingArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetDatasetBindingResult> {
  refuseUnknownKeys();
  const provider =
    options.provider ?? options.parent?.getProvider('pulumi-nodejs:dynamic/alicloud-media:DatasetBinding');
  const configuration = provider && configurationOfProvider(provider);
  if (options.provider !== undefined && configuration === undefined) {
    throw new Error('getDatasetBinding: the option `provider` must be a Provider of pulumi-alicloud-media.');
  }
  // The result holds none of the keys, so it does not become secret with them.
  const settings = configuration
    ? pulumi.unsecret(pulumi.output(configuration))
    : pulumi.output(pulumi.runtime.allConfig());
  return pulumi
    .all([pulumi.output(args), settings, pulumi.output(idsBehind(args))])
    .apply(async ([known, config]) => {
      const { readDatasetBinding } = await import('../hosts/functions.js');
      return readDatasetBinding(known, (key) => config[key], say);
    });
}

const told = new Set<string>();

/** Every call has a session of its own; what each of them would say, such as an override in force, is said once. */
function say(severity: string, text: string): void {
  if (severity === 'warning') return void pulumi.log.warn(text);
  if (severity !== 'info') return;
  // One process may run the programs of several stacks (Automation API).
  const line = `${pulumi.getProject()}/${pulumi.getStack()}: ${text}`;
  if (told.has(line)) return;
  told.add(line);
  void pulumi.log.info(text);
}

/**
 * The ids of the resources that the arguments come from. In a preview the arguments of a binding that is still to be
 * made are known, but its id is not: then there is nothing yet to ask for, as with every function of Pulumi.
 */
async function idsBehind(args: GetDatasetBindingArgs): Promise<pulumi.Output<pulumi.ID>[]> {
  const [, dependencies] = await pulumi.runtime.serializeResourceProperties('getDatasetBinding', { ...args });
  return [...dependencies.values()]
    .flatMap((resources) => [...resources])
    .filter((resource) => pulumi.CustomResource.isInstance(resource))
    .map(({ id }) => id);
}
