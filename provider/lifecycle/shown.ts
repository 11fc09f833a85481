import type { FunctionDescription, OutputDescription, ResultOf } from './description.js';
import type { Properties } from './lifecycle.js';
import { type Row, shownValue } from './values.js';

/**
 * What a function gives of a row of an answer: the outputs that are a field of it, beside those that it makes itself.
 * A text or a map that the service leaves out is empty; a number is left out then, since 0 would be another one.
 */
export function shown<F extends Pick<FunctionDescription, 'outputs'>>(
  { outputs }: F,
  row: Row,
  inputs: Properties,
  own: Partial<ResultOf<F>>,
): ResultOf<F> {
  const fields = Object.entries<OutputDescription>(outputs).flatMap(([name, { type, wire, onlyWith }]) => {
    if (wire === undefined || type === 'rows') return [];
    if (onlyWith !== undefined && inputs[onlyWith] !== true) return [];
    const value = shownValue({ type, wire }, row) ?? EMPTY[type];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(fields), ...own } as ResultOf<F>;
}

const EMPTY: Readonly<Record<string, unknown>> = { string: '', tags: {} };
