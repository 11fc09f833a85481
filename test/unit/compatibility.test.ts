import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { compatibilityPage, HEAD, resultsIn } from '../../scripts/compatibility/page.js';
import { ROWS } from '../compatibility/table.js';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/reference/compatibility.md'), 'utf8');
/** What the page says of a row, by what the row is. */
const said = new Map(
  PAGE.split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, dimension, value, result = '', versions = '']) => [
      `${dimension}: ${value}`,
      { result, versions },
    ]),
);

it('docs/reference/compatibility.md has every row of the table and no other, each run, or not run with the reason', () => {
  const [, , ...rows] = [...said.keys()];
  expect(rows, 'run `npm run compatibility`').toEqual(
    ROWS.map(({ dimension, value }) => `${dimension}: ${value}`),
  );
  for (const { dimension, value, notRun } of ROWS) {
    const { result = '', versions = '' } = said.get(`${dimension}: ${value}`) ?? {};
    if (notRun !== undefined) expect(result).toBe(`not run: ${notRun}`);
    else expect(result, value).toMatch(/^(ran|not run: .+)$/);
    expect(versions !== '', value).toBe(result === 'ran');
  }
});

it('docs/reference/compatibility.md begins with what `npm run compatibility` writes above the table', () => {
  expect(PAGE.startsWith(HEAD)).toBe(true);
});

it('docs/reference/compatibility.md names the versions that the table names now', () => {
  for (const { dimension, value, setting = {} } of ROWS) {
    const { result, versions } = said.get(`${dimension}: ${value}`) ?? {};
    if (result !== 'ran') continue;
    for (const version of [setting.node, setting.pulumi, setting.typescript])
      if (version !== undefined) expect(versions, 'run `npm run compatibility`').toContain(` ${version}`);
  }
});

it('names what was not run as not run, never as run', () => {
  const rows = resultsIn('{"dimension":"System","value":"macOS","notRun":"no such machine was there"}\n');
  expect(compatibilityPage('Run somewhere.', rows)).toMatch(
    /\| System +\| macOS +\| not run: no such machine was there +\| +\|\n$/,
  );
});
