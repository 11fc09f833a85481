import type { ArgDescription } from '../../../provider/lifecycle/description.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';

interface Described {
  readonly description: { readonly args: Readonly<Record<string, ArgDescription>> };
}

/** The arguments that a resource or a function needs, as the examples of its description have them. */
export function exampleInputs({ description }: Described): Properties {
  const required = Object.entries(description.args).filter(([, arg]) => arg.required);
  return Object.fromEntries(required.map(([name, { example }]) => [name, example]));
}
