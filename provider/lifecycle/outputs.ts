import type { ResourceDescription } from './description.js';
import type { Properties } from './lifecycle.js';

/**
 * Outputs as the engine can take them. A value that it cannot (undefined inside an array, a bigint, a function)
 * fails there after the link was made, and the link would be lost: so whatever is not plain JSON is dropped here.
 */
export function plainOutputs(outputs: Properties): Properties {
  return JSON.parse(
    JSON.stringify(outputs, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  );
}

/** The outputs of a resource that it does not take as arguments. What the program no longer says goes with the old ones. */
export function outputsIn({ args }: ResourceDescription, outputs: Properties): Properties {
  const { customTimeouts: _, ...rest } = outputs;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in args)));
}
