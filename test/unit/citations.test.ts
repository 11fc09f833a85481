import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { isQuestion, QUESTIONS } from '../../live/questions.js';

const ROOT = resolve(__dirname, '../..');
const FOLDERS = ['provider', 'emulator', 'cli', 'scripts', 'bench', 'live', 'test', 'docs', 'examples'];
const PAGE = readFileSync(join(ROOT, 'docs/internals/api-facts.md'), 'utf8');
/** `2.5` of `### 2.5 Errors`; the questions are `9.1` to `9.6`. */
const SECTIONS = new Set([...PAGE.matchAll(/^#{2,3} (\d+(?:\.\d+)?)[. ]/gm)].map(([, number]) => number));

const files = [...FOLDERS.flatMap(filesIn), join(ROOT, 'README.md'), join(ROOT, 'AGENTS.md')];

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(ROOT, folder, name))
    .filter(
      (path) => !path.includes('node_modules') && /\.(ts|md|mjs)$/.test(path) && statSync(path).isFile(),
    );
}

/** The sections that a line cites: `§2.5`, `§9 question 3`, `§9.3`. */
function sectionsIn(line: string): string[] {
  return [...line.matchAll(/§(\d+(?:\.\d+)?)(?:,? questions? (\d))?/g)].map(([, section = '', question]) =>
    question === undefined ? section : `${section}.${question}`,
  );
}

it('every section of api-facts.md that a file cites exists', () => {
  const missing = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        sectionsIn(line)
          .filter((section) => !SECTIONS.has(section))
          .map((section) => `${path.slice(ROOT.length + 1)}:${index + 1} cites §${section}`),
      ),
  );
  expect(missing).toEqual([]);
});

it('every page that a file names exists', () => {
  const missing = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\b(docs\/[a-z-]+\.md)\b/g)]
      .map(([, page = '']) => page)
      .filter((page) => !existsSync(join(ROOT, page)))
      .map((page) => `${path.slice(ROOT.length + 1)} names ${page}`),
  );
  expect(missing).toEqual([]);
});

it('every test and page that AGENTS.md names exists', () => {
  const text = readFileSync(join(ROOT, 'AGENTS.md'), 'utf8');
  const named = [
    ...text.matchAll(
      /\b((?:test|docs|provider|scripts)\/[a-z0-9/-]+(?:\.test)?(?:\.ts|\.mjs|\.md|\.json)?)/g,
    ),
  ];
  expect(named.length).toBeGreaterThan(0);
  expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('every open question of api-facts.md is asked by the live test', () => {
  const open = [...SECTIONS].filter((section) => section?.startsWith('9.'));
  const asked = new Set(
    Object.keys(QUESTIONS)
      .filter(isQuestion)
      .map((question) => `9.${question[0]}`),
  );
  expect(open.length).toBeGreaterThan(0);
  expect(open.filter((section) => section !== undefined && !asked.has(section))).toEqual([]);
});
