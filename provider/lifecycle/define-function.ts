import type { FunctionDescription, InputsOf, ResultOf } from './description.js';
import type { Properties } from './lifecycle.js';
import type { Operation } from './operation.js';

/** A question about the service, for any host: plain JSON in, plain JSON out. */
export interface MediaFunction {
  readonly description: FunctionDescription;
  /** `inputs` are checked. What does not exist is an error. */
  ask(inputs: Properties, operation: Operation): Promise<Properties>;
}

export function defineFunction<const F extends FunctionDescription>(
  description: F,
  ask: (inputs: InputsOf<F>, operation: Operation) => Promise<ResultOf<F>>,
): MediaFunction {
  return {
    description,
    ask: async (inputs, operation) => ({ ...(await ask(inputs as InputsOf<F>, operation)) }),
  };
}

/** Which one a function reads, by these inputs. */
export function askedId({ idFormat }: Pick<FunctionDescription, 'idFormat'>, inputs: Properties): string {
  return idFormat.replace(/(\/?)\{(\w+)\}/g, (_, slash: string, name: string) =>
    inputs[name] === undefined ? '' : `${slash}${inputs[name]}`,
  );
}
