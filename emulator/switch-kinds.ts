/** One unknown of the real service: `values` are the behaviours tests combine, for a time a small sample. */
export interface Switch<Value, Kind extends 'choice' | 'milliseconds'> {
  readonly kind: Kind;
  readonly values: readonly Value[];
  readonly default: Value;
  readonly source: string;
  readonly meaning: string;
}

type Rest<Value> = Omit<Switch<Value, 'choice'>, 'kind' | 'values'>;

export function choice<const Value extends string | boolean | number>(
  values: readonly Value[],
  rest: Rest<NoInfer<Value>>,
): Switch<Value, 'choice'> {
  return { kind: 'choice', values, ...rest };
}

export function milliseconds(values: readonly number[], rest: Rest<number>): Switch<number, 'milliseconds'> {
  return { kind: 'milliseconds', values, ...rest };
}
