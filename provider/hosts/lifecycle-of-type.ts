import { pluginType, typeToken } from '../lifecycle/description.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { LIFECYCLES } from './lifecycles.js';

const BY_TYPE: ReadonlyMap<string, Lifecycle> = new Map(
  LIFECYCLES.flatMap((lifecycle) => [
    [typeToken(lifecycle.description), lifecycle],
    [pluginType(lifecycle.description), lifecycle],
  ]),
);

/** The resource of this package that has this type in a state, on either host. */
export function lifecycleOfType(type: string): Lifecycle | undefined {
  return BY_TYPE.get(type);
}
