import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledPackages, installedPackages } from '../../scripts/generate/licences-page.js';
import { isAllowed } from '../../scripts/release/licences.js';
import { lockIn, runtimePlaces } from '../../scripts/release/locked.js';

const ROOT = resolve(__dirname, '../..');
const LOCK = lockIn(ROOT);
const NOTICES = readFileSync(join(ROOT, 'plugin/THIRD-PARTY.txt'), 'utf8');

describe('docs/reference/licences.md', () => {
  it.each([
    ['installed', installedPackages(LOCK)],
    ['bundled', bundledPackages(NOTICES)],
  ])('has for each package that is %s a licence that is allowed', (_, packages) => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@alicloud/pop-core', 'proxy-from-env']));
    expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('reads a title whose licence is an expression, and no line that a licence underlines', () => {
    const names = bundledPackages(NOTICES).map(({ name, licence }) => `${name}: ${licence}`);
    expect(names).toContain('google-protobuf: (BSD-3-Clause AND Apache-2.0)');
    expect(names.filter((name) => !/^(@[a-z-]+\/)?[a-z.-]+: /.test(name))).toEqual([]);
  });

  it('takes the licence of the code itself, where two places disagree', () => {
    for (const place of runtimePlaces(LOCK)) {
      const { license } = JSON.parse(readFileSync(join(ROOT, place, 'package.json'), 'utf8'));
      expect(LOCK[place]?.license, place).toBe(license);
    }
  });
});

it.each([
  ['MIT', true],
  ['(BSD-3-Clause AND Apache-2.0)', true],
  ['(GPL-3.0-only OR MIT)', true],
  ['MIT AND GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only) AND MPL-2.0', false],
  ['', false],
  ['SEE LICENSE IN LICENSE.md', false],
])('of the licence %j is told whether it is allowed: %s', (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});
