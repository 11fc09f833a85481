import type * as pulumi from '@pulumi/pulumi';
import { GET_MARKER } from '../lifecycle/marker.js';
import { warnOfPlainKeys } from './plain-keys.js';

/**
 * The properties that a link is registered with. Outputs stand in it as undefined, or they would not exist on the
 * resource and not be unknown in a preview.
 */
export function linkProperties(
  provider: string,
  outputs: readonly string[],
  args: object,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  if (options?.import !== undefined) {
    throw new Error(
      'The option `import` does not work for dynamic resources (pulumi/pulumi#16175): leave it out and set adopt: true.',
    );
  }
  warnOfPlainKeys();
  return {
    ...Object.fromEntries(outputs.map((name) => [name, undefined])),
    ...args,
    // The engine does not hand them to a dynamic provider.
    ...(options?.customTimeouts && { customTimeouts: options.customTimeouts }),
    ...(options?.id !== undefined && { [GET_MARKER]: true }),
    __provider: provider,
  };
}

/** The options that a link is registered with. `pluginType` is its type where the provider plugin serves it. */
export function linkOptions(
  pluginType: string,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  return {
    // The old and the new one are the same link where something else than its name makes the replacement.
    deleteBeforeReplace: true,
    ...options,
    // A stack that comes back from the plugin keeps its links: else this process would remove what the other made.
    aliases: [...(options?.aliases ?? []), { type: pluginType }],
  };
}
