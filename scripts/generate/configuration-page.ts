import { KEYS, type KeyDescription } from '../../provider/alicloud/configuration/keys.js';
import { table, withParts } from './markdown.js';

type Value = Pick<KeyDescription, 'description' | 'environment' | 'default'>;
type Section = KeyDescription['section'];

const keys: readonly (readonly [string, KeyDescription])[] = Object.entries(KEYS);

/** The page of the configuration. */
export function configurationPageOf(before: string): string {
  return withParts('docs/reference/configuration.md', before, {
    credentials: keysOf('credentials'),
    assumeRole: fieldsOf(KEYS.assumeRole.fields),
    assumeRoleWithOidc: fieldsOf(KEYS.assumeRoleWithOidc.fields),
    account: keysOf('account'),
    region: keysOf('region'),
    endpoints: fieldsOf(KEYS.endpoints.fields, 'environment, which wins'),
    rest: keysOf('rest'),
  });
}

function keysOf(section: Section): string {
  const rows = keys.filter(([, key]) => key.section === section);
  return table(
    ['configuration', ENVIRONMENT, 'meaning', 'default'],
    rows.map(([name, key]) => [
      `\`${key.namespace}:${name}\``,
      key.fields ? 'see below' : environmentOf(key),
      key.description,
      key.default ?? '',
    ]),
  );
}

function fieldsOf(fields: Readonly<Record<string, Value>>, environment = ENVIRONMENT): string {
  return table(
    ['field', environment, 'meaning', 'default'],
    Object.entries(fields).map(([name, field]) => [
      `\`${name}\``,
      environmentOf(field),
      field.description,
      field.default ?? '',
    ]),
  );
}

const ENVIRONMENT = 'environment, in order';

function environmentOf({ environment = [] }: Value): string {
  return environment.map((name) => `\`${name}\``).join(', ');
}
