import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration.js';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'configuration.md'), 'utf8');

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

test('the page names every key and variable that is read', () => {
  const partial = lookedUp({ 'alicloud:assumeRole': '{}', 'alicloud:assumeRoleWithOidc': '{}' });
  const names = [...lookedUp(), ...partial].filter((name) => name !== 'HOME' && name !== 'USERPROFILE');
  expect(names.length).toBeGreaterThan(50);
  // Names of other tools are refused as a rule, told in one sentence.
  const told = names.filter(
    (name) => !/^alicloud:[a-z]+_|^alicloud-media:(?!allowed|skip|consistency|network|caFile)/.test(name),
  );
  expect(told.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
