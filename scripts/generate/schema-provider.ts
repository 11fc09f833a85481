import type { KeyDescription } from '../../provider/alicloud/configuration/keys.js';

type Keys = Readonly<Record<string, KeyDescription>>;
type Value = Omit<KeyDescription, 'namespace' | 'section'>;

/** The keys of the configuration as properties, for a provider and for the configuration of a stack alike. */
export function configuration(keys: Keys): object {
  return Object.fromEntries(
    Object.entries(keys)
      .filter(([, key]) => !key.stackOnly)
      .map(([name, key]) => [name, propertyOf(key)]),
  );
}

/** The keys that are objects, by the token of their type. */
export function objectTypes(keys: Keys): object {
  return Object.fromEntries(
    Object.values(keys).flatMap(({ title, fields, description }) => {
      if (title === undefined || fields === undefined) return [];
      const properties = Object.entries(fields).map(([name, field]) => [name, propertyOf(field)]);
      const required = Object.keys(fields).filter((name) => fields[name]?.required);
      return [
        [
          tokenOf(title),
          { type: 'object', description, properties: Object.fromEntries(properties), required },
        ],
      ];
    }),
  );
}

function propertyOf({ title, type, ...value }: Value): object {
  // The SDKs honour it for the whole alone: a field that is secret would reach the state in clear.
  const secret = value.secret || Object.values(value.fields ?? {}).some((field) => field.secret);
  return {
    ...(title === undefined
      ? TYPES[type as Exclude<Value['type'], 'object'>]
      : { $ref: `#/types/${tokenOf(title)}` }),
    description: textOf(value),
    ...(secret && { secret: true }),
  };
}

/** A union would reach the plugin as JSON or as text, by its kind; a duration is a text to all languages. */
const TYPES = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  duration: { type: 'string' },
  strings: { type: 'array', items: { type: 'string' } },
};

function textOf(value: Pick<Value, 'description' | 'stateNote' | 'environment' | 'default'>): string {
  const environment = value.environment?.map((name) => `\`${name}\``).join(', ');
  return [
    value.description,
    value.stateNote,
    environment && `Environment: ${environment}.`,
    value.default && `Default: ${value.default}.`,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function tokenOf(title: string): string {
  return `alicloud-media:index:${title}`;
}
