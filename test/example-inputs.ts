import type { Lifecycle, Properties } from '../provider/lifecycle/lifecycle.js';

/** The arguments that a resource needs, as the examples of its description have them; others can be named. */
export function exampleInputs({ description }: Lifecycle, ...more: readonly string[]): Properties {
  const args = Object.entries(description.args);
  return Object.fromEntries(
    args
      .filter(([name, { required }]) => required || more.includes(name))
      .map(([name, { type, example }]) => [name, type === 'integer' ? Number(example) : example]),
  );
}
