import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LIFECYCLES } from '../provider/hosts/lifecycles.js';
import { pageOf } from './generate/page.js';
import { programOf } from './generate/program.js';

/** Writes what follows from the descriptions; with `--check` only tells what is not current. */
function generate(root: string, check: boolean): readonly string[] {
  const stale: string[] = [];
  for (const { description } of LIFECYCLES) {
    const files = {
      [`provider/program/${description.entry}.ts`]: () =>
        formatted(root, 'provider/program/x.ts', programOf(description)),
      [`docs/${description.entry}.md`]: (before: string) =>
        formatted(root, 'x.md', pageOf(description, before)),
    };
    for (const [file, make] of Object.entries(files)) {
      const path = join(root, file);
      const before = read(path);
      const after = make(before);
      if (before === after) continue;
      stale.push(file);
      if (!check) writeFileSync(path, after);
    }
  }
  return stale;
}

/** As the formatter leaves it, so that the file on disk can be compared with it. */
function formatted(root: string, name: string, source: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: root, input: source, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${name}`], options);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const check = process.argv.includes('--check');
const stale = generate(resolve(__dirname, '../..'), check);
for (const file of stale)
  console.log(check ? `${file} is not current: run \`npm run generate\`` : `wrote ${file}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
