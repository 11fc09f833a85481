import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import { KEYS, type KeyDescription } from '../../../provider/alicloud/configuration/keys.js';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'reference', 'configuration.md'), 'utf8');

/** Reads an empty configuration while watching which names are looked up. */
function lookedUp(given: Record<string, string> = {}): Set<string> {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  try {
    readConfiguration((key) => {
      names.add(key);
      return given[key];
    }, environment);
  } catch {
    // The names are looked up before the problems are told.
  }
  return names;
}

const keys = Object.entries<KeyDescription>(KEYS);
const partial = () => lookedUp({ 'alicloud:assumeRole': '{}', 'alicloud:assumeRoleWithOidc': '{}' });
/** Names of other tools are refused as a rule, told in one sentence. */
const isRefused = (name: string) =>
  /^alicloud:([a-z]+_|protocol$)/.test(name) ||
  keys.some(([key, { namespace }]) => name === `alicloud-media:${key}` && namespace === 'alicloud');

test('the page names every key and variable that is read', () => {
  const names = [...lookedUp(), ...partial()].filter((name) => name !== 'HOME' && name !== 'USERPROFILE');
  expect(names.length).toBeGreaterThan(50);
  const told = names.filter((name) => !isRefused(name));
  expect(told.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('every key that is described is read, and every key that is read is described', () => {
  const read = [...lookedUp()].filter((name) => name.includes(':') && !isRefused(name));
  expect(read.sort()).toEqual(keys.map(([name, { namespace }]) => `${namespace}:${name}`).sort());
});

test('every variable that is described is read', () => {
  const described = keys.flatMap(([, { environment = [], fields = {} }]) => [
    ...environment,
    ...Object.values(fields).flatMap((field) => field.environment ?? []),
  ]);
  const read = new Set([...lookedUp(), ...partial()]);
  expect(described.length).toBeGreaterThan(30);
  expect(described.filter((name) => !read.has(name))).toEqual([]);
});
