import type * as pulumi from '@pulumi/pulumi';
import { GET_MARKER } from '../lifecycle/marker.js';
import { refuseUnknownKeys } from './known-keys.js';
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
  refuseUnknownKeys();
  warnOfPlainKeys();
  return {
    ...Object.fromEntries(outputs.map((name) => [name, undefined])),
    ...args,
    // The engine does not hand them to a dynamic provider. What a transformation sets in the options comes too late.
    ...(options?.customTimeouts && { customTimeouts: options.customTimeouts }),
    ...(options?.id !== undefined && { [GET_MARKER]: true }),
    __provider: provider,
  };
}
