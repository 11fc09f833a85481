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

/** The TypeScript type of what a resource or a function gives. */
export function outputType({ type, fields = {} }: Pick<OutputDescription, 'type' | 'fields'>): string {
  if (type !== 'rows') return OUTPUTS[type];
  const inner = Object.entries(fields).map(
    ([name, field]) => `readonly ${name}${field.optional ? '?' : ''}: ${outputType(field)}`,
  );
  return `readonly { ${inner.join('; ')} }[]`;
}

/** The same in a Pulumi package schema: a text holds what a number of a state cannot. */
export function schemaType({ type }: { readonly type: ValueType }): object {
  if (type === 'tags') return { type: 'object', additionalProperties: { type: 'string' } };
  return { type: type === 'int64' ? 'string' : type };
}
