import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { BLOCKS, blocksIn, placeOf, ROOT } from './code-blocks/blocks.js';
import { mistakesInYaml } from './code-blocks/resources.js';
import { mistakesInShell, typedIn } from './code-blocks/shell.js';
import { mistakesIn } from './code-blocks/typescript.js';

// The compiler reads the whole package and its SDK.
vi.setConfig({ testTimeout: 60_000 });

/** Programs that a test takes from their page, installs and runs. */
const RUN: Readonly<Record<string, { readonly by: string; readonly languages: readonly string[] }>> = {
  'docs/guides/plugin.md': {
    by: 'test/plugin/from-nothing.ts',
    languages: ['python', 'go', 'java', 'xml'],
  },
  'docs/guides/automation-api.md': { by: 'test/plugin/automation-page.test.ts', languages: ['python'] },
};
/** What a screen or a file shows. There is nothing in it to run. */
const SHOWN = ['text', 'markdown', 'diff', 'mermaid'];
const CHECKED = ['ts', 'js', 'json', 'yaml', 'sh', 'console'];

describe('each code block of README and the pages', () => {
  it('has a language that a test knows what to do with', () => {
    const known = [...CHECKED, ...SHOWN];
    const others = BLOCKS.filter(
      ({ page, language }) => !known.includes(language) && !RUN[page]?.languages.includes(language),
    );
    expect(others.map((block) => `${placeOf(block)}: ${block.language || 'none'}`)).toEqual([]);
    for (const [page, { by }] of Object.entries(RUN))
      expect(readFileSync(join(ROOT, by), 'utf8'), by).toContain(page);
  });

  it('compiles, in TypeScript and JavaScript, beside the package and its SDK', () => {
    const blocks = blocksIn('ts', 'js');
    expect(blocks.length).toBeGreaterThan(10);
    expect(mistakesIn(blocks)).toEqual([]);
  });

  it('is read, in YAML, and names resources and properties that the schema has', () => {
    expect(blocksIn('yaml').flatMap(mistakesInYaml)).toEqual([]);
  });

  it('is read, in JSON', () => {
    const unread = blocksIn('json').filter(({ text }) => {
      try {
        JSON.parse(text);
        return false;
      } catch {
        return true;
      }
    });
    expect(unread.map(placeOf)).toEqual([]);
  });

  it('is a script that a shell reads, with commands, options, scripts and paths that are there', () => {
    const blocks = blocksIn('sh', 'console');
    expect(blocks.filter((block) => typedIn(block).trim() !== '').length).toBeGreaterThan(40);
    expect(blocks.flatMap(mistakesInShell)).toEqual([]);
  });
});

describe('what is wrong in a block', () => {
  const block = (language: string, text: string) => ({ page: 'page.md', line: 10, language, text });

  it('is told with its page and line', () => {
    const text =
      "import { mps } from 'pulumi-alicloud-media';\nnew mps.OutputBucket('a', { buckets: 'a' });\n";
    expect(mistakesIn([block('ts', text)])[0]).toMatch(/^page\.md:12: .*buckets/);
    expect(mistakesInShell(block('sh', 'npx pulumi-alicloud-media audit --nothing'))).toEqual([
      'page.md:10: audit has no option --nothing',
    ]);
    expect(mistakesInShell(block('sh', 'if true'))).toHaveLength(1);
    expect(mistakesInYaml(block('yaml', 'a: { type: "alicloud-media:mps:OutputBucket" }'))).toEqual([
      'page.md:10: alicloud-media:mps:OutputBucket needs bucket',
    ]);
  });
});
