import { KEYS, type KeyDescription } from '../../provider/alicloud/configuration/keys.js';

type Value = Omit<KeyDescription, 'namespace' | 'section'>;

/** The arguments of a `Provider`, and what of them is secret. */
export function providerArgs(): string {
  const keys = Object.entries<KeyDescription>(KEYS).filter(([, key]) => !key.stackOnly);
  const objects = keys.flatMap(([, { title, description, fields }]) =>
    title && fields ? [`/** ${description} */\n${interfaceOf(title, Object.entries(fields))}`] : [],
  );
  const secret = keys.filter(([, key]) => key.secret).map(([name]) => name);
  const within = keys.flatMap(([name, { fields = {} }]) =>
    Object.keys(fields).flatMap((field) => (fields[field]?.secret ? [[name, field]] : [])),
  );
  // The hosts of other services are passed over, as in a stack: one object may serve several providers.
  const closed = keys.filter(([name, { fields }]) => fields && name !== 'endpoints');
  const fields = closed.map(([name, key]) => [name, Object.keys(key.fields ?? {})]);
  const strict = keys.filter(([, { section }]) => section === 'credentials' || section === 'account');
  const all = Object.entries<KeyDescription>(KEYS).map(([name, { namespace }]) => [name, namespace]);
  return `// Generated from provider/alicloud/configuration/keys.ts by \`npm run generate\`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';

${objects.join('\n\n')}

/** Every argument has the name and the meaning of the key in docs/reference/configuration.md. */
${interfaceOf('ProviderArgs', keys)}

/** Arguments that are kept encrypted. */
export const SECRET: readonly string[] = ${JSON.stringify(secret)};
/** Arguments that are kept encrypted where they hold this field. */
export const SECRET_WITHIN: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(within))};
/** Names of arguments. */
export const ARGUMENTS: readonly string[] = ${JSON.stringify(keys.map(([name]) => name))};
/** Fields of arguments that take no other. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(fields))};
/** Keys of which no other spelling is left to others: credentials, and what keeps links out of a wrong account. */
export const STRICT: readonly string[] = ${JSON.stringify(strict.map(([name]) => name))};
/** The namespace of every key of a stack. Those of \`alicloud-media\` only this package knows. */
export const NAMESPACES: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(all))};
`;
}

function interfaceOf(title: string, values: readonly (readonly [string, Value])[]): string {
  return `export interface ${title} {\n${values.map(propertyOf).join('\n')}\n}`;
}

function propertyOf([name, value]: readonly [string, Value]): string {
  const lines = [value.description, value.stateNote, value.default && `Default: ${value.default}.`];
  const comment = lines.filter((line) => line !== undefined).map((line) => `   * ${line}`);
  return `  /**\n${comment.join('\n')}\n   */\n  readonly ${name}${value.required ? '' : '?'}: pulumi.Input<${typeOf(value)}>;`;
}

function typeOf({ type, values, title }: Value): string {
  if (values) return values.map((value) => `'${value}'`).join(' | ');
  return title ?? TYPES[type as Exclude<Value['type'], 'object'>];
}

const TYPES = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  duration: 'number | string',
  strings: 'pulumi.Input<string>[]',
};
