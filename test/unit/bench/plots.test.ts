import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partOf, replaceSections } from '../../../bench/page.js';
import { barChart } from '../../../bench/plots/bars.js';
import { drawn } from '../../../bench/plots/draw.js';

const ROOT = resolve(__dirname, '../../..');
const PICTURES = join(ROOT, 'docs/pictures');
const page = readFileSync(join(ROOT, 'docs/internals/benchmarks.md'), 'utf8');
const { files } = drawn(page);

describe('the pictures of the benchmarks', () => {
  it('are those that the figures of the page give, each shown beside its table with its message in words', () => {
    const kept = readdirSync(PICTURES).filter((name) => name.startsWith('bench-'));
    expect([...files.keys()].sort()).toEqual(kept.sort());
    for (const [name, picture] of files)
      expect(readFileSync(join(PICTURES, name), 'utf8'), `npm run bench -- --plots draws ${name}`).toBe(
        picture,
      );
    expect(drawn(page).page, 'npm run bench -- --plots writes the messages').toBe(page);
  });

  it('follow a figure that changes, and go with a table that is gone', () => {
    const [, took = ''] = /^\| destroy .*\| ([\d.]+ s) +\| [\d.]+ s +\|$/m.exec(page) ?? [];
    expect(files.get('bench-ten-minute.svg')).toContain(`>${took}<`);
    const slower = drawn(page.replaceAll(` ${took} `, ' 77.77 s '));
    expect(slower.files.get('bench-ten-minute.svg')).toContain('>77.77 s<');
    const failed = page.replace(
      /(<!-- part: ten-minute -->)[\s\S]*(<!-- end: ten-minute -->)/,
      '$1\n\nNot measured: it failed.\n\n$2',
    );
    expect([...drawn(failed).files.keys()]).not.toContain('bench-ten-minute.svg');
    expect(drawn(failed).page).not.toContain('bench-ten-minute.svg');
  });

  it('come back with the next run of their part, which writes its table alone', () => {
    const machine = page.match(/^- (?:CPU|memory|Node).*$/gm)?.slice(0, 3) ?? [];
    const section = partOf(page, 'requests')?.replace(/^!\[.*\n\n/m, '') ?? '';
    const [, , heading = '', , ...lines] = section.split('\n').slice(0, -2);
    const measured = { part: 'requests', title: heading.slice('## '.length), lines };
    const replaced = replaceSections(page, machine, [measured]) ?? '';
    expect(replaced).not.toContain('bench-requests.svg');
    expect(drawn(replaced).page).toBe(page);
  });

  it.each([...files])('%s is small, loads nothing, and is told in words and for the dark', (_, picture) => {
    expect(Buffer.byteLength(picture)).toBeLessThan(20_000);
    expect(picture).not.toMatch(/href|url\(|<script|@import|NaN|undefined/);
    expect(picture).toMatch(/^<svg [^>]*role="img">\n<title>.+<\/title>\n<desc>.+<\/desc>/);
    expect(picture).toContain('@media (prefers-color-scheme:dark)');
  });
});

it('a bar is as long as its figure, from zero', () => {
  const bars = [10, 5, 0].map((value) => ({ label: `<${value}>`, value, shown: `${value} s` }));
  const picture = barChart({ title: 'a', unit: 's', groups: [{ title: 'g', bars, goal: 12 }], message: 'm' });
  const widths = [...picture.matchAll(/class="bar\d" .*? width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(2, 1);
  expect(widths[2]).toBe(1);
  expect(picture).toContain('goal: ≤ 12');
  expect(picture).toContain('&lt;10&gt;');
});
