import type { OutputDescription, ValueType } from '../../provider/lifecycle/description.js';

const OUTPUTS: Readonly<Record<ValueType, string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  int64: 'string',
  tags: 'Readonly<Record<string, string>>',
};

/** The TypeScript type of an argument. */
export function inputType({ type }: { readonly type: ValueType }): string {
  if (type === 'int64') return 'pulumi.Input<number | string>';
  return type === 'tags'
    ? 'pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>'
    : `pulumi.Input<${OUTPUTS[type]}>`;
}

/** The TypeScript type of what a resource or a function gives; its rows have a type of their own. */
export function outputType({ type }: Pick<OutputDescription, 'type'>, row?: string): string {
  if (type !== 'rows') return OUTPUTS[type];
  if (row === undefined) throw new Error('only a function has rows');
  return `readonly ${row}[]`;
}

/** The same in a Pulumi package schema: a text holds what a number of a state cannot. */
export function schemaType({ type }: { readonly type: ValueType }): object {
  if (type === 'tags') return { type: 'object', additionalProperties: { type: 'string' } };
  return { type: type === 'int64' ? 'string' : type };
}
