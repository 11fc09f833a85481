import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { providerText } from '../../provider/lifecycle/description.js';
import { PUBLISHED_ENTRIES } from '../package/published-entries.js';

const ROOT = resolve(__dirname, '../..');
const STATES = join(ROOT, 'test/package/states');
const FILE = 'test/package/published-entries.json';
const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, { default?: string }>>;
};
const texts = Object.values(PUBLISHED_ENTRIES);

it.each(Object.entries(PUBLISHED_ENTRIES))('an entry that states name is never removed: %s', (_, text) => {
  const [, entry = ''] =
    /^exports\.handler=\(\)=>require\("pulumi-alicloud-media\/([a-z-]+)"\)$/.exec(text) ?? [];
  const built = entries[`./${entry}`]?.default ?? '';
  expect(built).toBe(`./dist/provider/hosts/dynamic/${entry}.js`);
  expect(existsSync(join(ROOT, built.replace('./dist/', '').replace(/\.js$/, '.ts')))).toBe(true);
});

it('the list of them has every dynamic resource', () => {
  const now = LIFECYCLES.map(({ description }) => providerText(description));
  expect(texts, `add it to ${FILE}`).toEqual(expect.arrayContaining(now));
});

it('the list of them has every text that a state of any version holds', () => {
  const held = readdirSync(STATES).flatMap((name) => {
    const found = readFileSync(join(STATES, name), 'utf8').matchAll(
      /"__provider": ("exports(?:\\.|[^"])*")/g,
    );
    return [...found].map(([, text = '']) => JSON.parse(text) as string);
  });
  expect(texts, `nothing is ever taken out of ${FILE}`).toEqual(expect.arrayContaining(held));
  expect(new Set(held)).toEqual(new Set(texts));
});
