import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LIFECYCLES } from '../provider/hosts/lifecycles.js';
import { getDatasetBinding } from '../provider/imm/get-dataset-binding.js';
import { configurationPageOf } from './generate/configuration-page.js';
import { functionTypes } from './generate/function-types.js';
import { pageOf, skeletonOf } from './generate/page.js';
import { programOf } from './generate/program.js';
import { providerArgs } from './generate/provider-args.js';
import { type Manifest, schemaOf } from './generate/schema.js';
import { writeNodeSdk } from './generate/sdk.js';

/** What follows from the descriptions: the text of each file, made from what it held before. */
function generated(root: string): Readonly<Record<string, (before: string) => string>> {
  const manifest = JSON.parse(read(join(root, 'package.json'))) as Manifest;
  const files: Record<string, (before: string) => string> = {
    'provider/schema.json': () => formatted(root, 'provider/x.json', JSON.stringify(schemaOf(manifest))),
    'provider/program/provider-args.ts': () => formatted(root, 'provider/program/x.ts', providerArgs()),
    'docs/configuration.md': (before) => formatted(root, 'x.md', configurationPageOf(before)),
    [`provider/program/${getDatasetBinding.entry}-types.ts`]: () =>
      formatted(root, 'provider/program/x.ts', functionTypes(getDatasetBinding)),
  };
  for (const { description } of LIFECYCLES) {
    files[`provider/program/${description.entry}.ts`] = () =>
      formatted(root, 'provider/program/x.ts', programOf(description));
    files[`docs/${description.entry}.md`] = (before) =>
      formatted(root, 'x.md', pageOf(description, before || skeletonOf(description)));
  }
  return files;
}

/** Writes what is not current; with `check` only tells. */
function generate(root: string, check: boolean): readonly string[] {
  const stale: string[] = [];
  for (const [file, make] of Object.entries(generated(root))) {
    const path = join(root, file);
    const before = read(path);
    const after = make(before);
    if (before === after) continue;
    stale.push(file);
    if (!check) writeFileSync(path, after);
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

const root = resolve(__dirname, '../..');
const check = process.argv.includes('--check');
const stale = generate(root, check);
for (const file of stale)
  console.log(check ? `${file} is not current: run \`npm run generate\`` : `wrote ${file}`);
if (check) process.exitCode = stale.length > 0 ? 1 : 0;
// A test with a generator at hand holds it against the schema.
else void writeNodeSdk(root, console.log);
