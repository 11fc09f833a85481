import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sectionsOf } from '../../scripts/release/changelog.js';

const ROOT = resolve(__dirname, '../..');
const SECTIONS = sectionsOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'));
const PAGE = readFileSync(join(ROOT, 'docs/reference/versioning.md'), 'utf8');

const ALWAYS = ['Breaking', 'Added', 'Permissions', 'State'];
/** In the order in which they stand. */
const HEADINGS = ['Breaking', 'Added', 'Changed', 'Deprecated', 'Fixed', 'Permissions', 'State'];

it('has a section for the version of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(SECTIONS[0]?.version).toBe(version);
});

it.each(SECTIONS)('says of $version what breaks, what it asks for and what it stores', ({ text }) => {
  const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, name = '']) => name);
  expect(headings).toEqual(HEADINGS.filter((name) => headings.includes(name)));
  expect(headings).toEqual(expect.arrayContaining(ALWAYS));
  for (const part of text.split(/^### .*$/m).slice(1))
    expect(part.trim(), 'a list, or None.').toMatch(/^(- |None\.)/);
});

it('has no other headings than those that docs/reference/versioning.md explains', () => {
  for (const name of HEADINGS) expect(PAGE).toContain(`**${name}**`);
});
