import { existsSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { PUBLICATION } from '../../scripts/publication.js';
import { packedBy } from './installed-project.js';

const ROOT = resolve(__dirname, '../..');
const SDK = join(ROOT, 'sdk/nodejs');
/** How a page leads to a file that is not packed. */
const FILE = `${PUBLICATION.repository}/blob/main/`;

function linksOf(page: string): readonly string[] {
  const tokens = new MarkdownIt().parse(readFileSync(page, 'utf8'), {});
  return tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => String(token.attrGet('href') ?? token.attrGet('src') ?? ''));
}

it.each([ROOT, SDK])(
  'packs with each page all that it links to, or links to the repository: %s',
  async (folder) => {
    const { paths } = await packedBy(folder, '--dry-run');
    const pages = paths.filter((path) => path.endsWith('.md'));
    expect(pages).toContain('README.md');
    const broken = pages.flatMap((page) =>
      linksOf(join(folder, page))
        .filter((link) => {
          const [target = ''] = link.split('#');
          if (target.startsWith(FILE)) return !existsSync(join(ROOT, target.slice(FILE.length)));
          if (target === '' || /^[a-z]+:/.test(target)) return false;
          return !paths.includes(posix.join(posix.dirname(page), target));
        })
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  },
);
