import type { Lifecycle, Properties } from '../../lifecycle/lifecycle.js';
import { UNKNOWN } from '../../lifecycle/unknown.js';

/** What a create or an update would give: the inputs are known, what the service will answer is not. */
export function previewed({ description }: Lifecycle, inputs: Properties, outputs?: Properties): Properties {
  const names = Object.keys(description.outputs);
  return { ...Object.fromEntries(names.map((name) => [name, outputs?.[name] ?? UNKNOWN])), ...inputs };
}
