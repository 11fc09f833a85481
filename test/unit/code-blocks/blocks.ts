import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import MarkdownIt from 'markdown-it';

export const ROOT = resolve(__dirname, '../../..');

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Of its fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const markdownIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((page) => page.endsWith('.md') && !page.includes('node_modules'));

/** Every page that a person reads. Those of the registry are made from programs that other tests run. */
export const PAGES: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...[...markdownIn('docs'), ...markdownIn('examples')]
    .filter((page) => !page.startsWith('docs/registry/'))
    .sort(),
];

export const BLOCKS: readonly Block[] = PAGES.flatMap((page) =>
  new MarkdownIt()
    .parse(readFileSync(join(ROOT, page), 'utf8'), {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => ({
      page,
      line: (map?.[0] ?? 0) + 1,
      language: info.trim(),
      text: content,
    })),
);

export const blocksIn = (...languages: readonly string[]): readonly Block[] =>
  BLOCKS.filter(({ language }) => languages.includes(language));

export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;
