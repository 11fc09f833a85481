import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { greeting } from '../../cli/emulator/greeting.js';
import { TEST_KEY } from '../../emulator/test-key.js';
import { teardownLines, terminalPicture } from '../../scripts/demo/picture.js';
import { THEMES } from '../../scripts/svg.js';

const ROOT = resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    // Those are as the Pulumi Registry takes them.
    .filter((page) => page.endsWith('.md') && !page.startsWith('docs/registry/'))
    .sort(),
];

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const parsed = (page: string) => new MarkdownIt({ html: true }).parse(read(page), {});

/** What a page has as a target, as GitHub makes it of a heading. */
function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return parsed(page).flatMap((token, index, all) => {
    if (token.type !== 'heading_open') return [];
    const words = all[index + 1]?.children?.map(({ content }) => content).join('') ?? '';
    const anchor = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** The targets below this repository to which a page leads. */
function targetsOf(page: string): readonly (readonly [string, string])[] {
  return parsed(page)
    .flatMap(({ children }) => children ?? [])
    .map((token) => String(token.attrGet('href') ?? ''))
    .filter((href) => href !== '' && !/^[a-z]+:/.test(href))
    .map((href) => {
      const [path = '', anchor = ''] = href.split('#');
      const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
      return [target, anchor] as const;
    });
}

describe('README', () => {
  it('fits two screens', () => {
    expect(Buffer.byteLength(read('README.md'))).toBeLessThan(6_000);
  });

  it('shows a teardown in the light and in the dark, each of which loads nothing', () => {
    const shown = [...read('README.md').matchAll(/(?:src|srcset)="(.*?)"/g)].map(([, path = '']) => path);
    expect(shown).toEqual(['docs/pictures/teardown-dark.svg', 'docs/pictures/teardown-light.svg']);
    for (const path of shown) {
      expect(read(path)).toContain('$ pulumi destroy --yes');
      expect(read(path)).not.toMatch(/href|url\(|<script|RequestId/);
    }
  });

  it('leads to a page that leads to every other', () => {
    expect(targetsOf('README.md').map(([target]) => target)).toContain('docs/index.md');
    const led = new Set(targetsOf('docs/index.md').map(([target]) => target));
    const others = PAGES.filter((page) => !['README.md', 'docs/index.md'].includes(page));
    expect(others.filter((page) => !led.has(page))).toEqual([]);
  });
});

it.each(['README.md', 'docs/get-started.md'])('%s has all that the emulator has a person type', (page) => {
  const said = greeting(
    { url: 'http://127.0.0.1:4010', region: 'cn-shanghai', keys: [TEST_KEY] },
    {},
    'linux',
  );
  const lines = [...said.matchAll(/^ +(export .*)$/gm)].map(([, line = '']) => line);
  expect(lines).toHaveLength(6);
  expect(read(page)).toContain(`\n${lines.join('\n')}\n`);
});

it.each(PAGES)('%s has one title, and leads only to headings that are there', (page) => {
  expect(parsed(page).filter(({ type, tag }) => type === 'heading_open' && tag === 'h1')).toHaveLength(1);
  const broken = targetsOf(page).filter(
    ([target, anchor]) => anchor !== '' && target.endsWith('.md') && !anchorsOf(target).includes(anchor),
  );
  expect(broken).toEqual([]);
});

describe('the picture of a teardown', () => {
  const output = [
    ' -  alicloud-media:imm:Dataset videos deleting (0s) waiting',
    ' -  alicloud-media:imm:Dataset videos deleted (0.06s) waiting: it holds <1> & more',
    'Diagnostics:',
    '    imm.Dataset cn-shanghai/media/videos: DeleteDataset (account 1, RequestId 0FA9638E-8407-4B81-94B5-28B8550AE89A). Nothing is indexed in it any more, and this line is longer than the picture is wide.',
    'Resources:',
    '    - 1 deleted',
  ].join('\n');

  it('has what was deleted, by which call, and how many, in lines that fit', () => {
    const lines = teardownLines(output);
    expect(lines[0]).toBe(' -  alicloud-media:imm:Dataset videos deleted (0.06s)');
    expect(lines.join(' ')).toContain('DeleteDataset (account 1). Nothing is indexed');
    expect(lines.at(-1)).toBe('    - 1 deleted');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(116);
  });

  it('is an SVG whatever stands in it', () => {
    const picture = terminalPicture('pulumi <&>', ['<script>'], THEMES.dark);
    expect(picture).toContain('<title>$ pulumi &lt;&amp;&gt;\n\n&lt;script&gt;</title>');
    expect(picture).not.toContain('<script>');
  });
});
