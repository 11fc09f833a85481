import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditSchema } from '../cli/audit/report.js';
import { COMMANDS } from '../cli/commands.js';
import { doctorSchema } from '../cli/doctor/report.js';
import { recoverSchema } from '../cli/recover/report.js';
import { reviewSchema } from '../cli/review/report.js';
import { cliPageOf } from './generate/cli-page.js';
import { configurationPageOf } from './generate/configuration-page.js';
import { errorsPage } from './generate/errors-page.js';
import { formatted } from './generate/formatted.js';
import { everythingIn } from './generate/found.js';
import { functionOf } from './generate/functions.js';
import { functionsPageOf } from './generate/functions-page.js';
import { licencesPageOf } from './generate/licences-page.js';
import { pageOf, skeletonOf } from './generate/page.js';
import { programOf } from './generate/program.js';
import { providerArgs } from './generate/provider-args.js';
import { entryOf, functionsOf, indexOf, lifecyclesOf, manifestOf } from './generate/registry.js';
import { installationPageOf, overviewPageOf } from './generate/registry-pages.js';
import { type Manifest, schemaOf } from './generate/schema.js';
import { writeSdks } from './generate/sdk.js';
import { MARK } from './new-resource/mark.js';
import { lockIn } from './release/locked.js';
import { findRoot } from './root.js';

/** What follows from the descriptions: the text of each file, made from what it held before. */
function generated(root: string): Readonly<Record<string, (before: string) => string>> {
  const everything = everythingIn(root);
  const functions = everything.functions.map(({ description }) => description);
  const manifest = JSON.parse(read(join(root, 'package.json'))) as Manifest;
  const files: Record<string, (before: string) => string> = {
    'package.json': (before) => manifestOf(before, everything),
    'provider/hosts/lifecycles.ts': () => lifecyclesOf(everything),
    'provider/hosts/functions.ts': () => functionsOf(everything),
    'provider/program/imm.ts': () => indexOf('imm', everything),
    'provider/program/mps.ts': () => indexOf('mps', everything),
    'provider/schema.json': () => JSON.stringify(schemaOf(manifest, everything)),
    'provider/program/provider-args.ts': () => providerArgs(),
    'docs/reference/configuration.md': configurationPageOf,
    'docs/errors.md': errorsPage,
    'docs/reference/cli.md': () => cliPageOf(COMMANDS),
    'docs/reference/schemas/audit.json': () => JSON.stringify(auditSchema),
    'docs/reference/schemas/doctor.json': () => JSON.stringify(doctorSchema),
    'docs/reference/schemas/recover.json': () => JSON.stringify(recoverSchema),
    'docs/reference/schemas/review.json': () => JSON.stringify(reviewSchema),
    'docs/registry/_index.md': () => overviewPageOf(manifest),
    'docs/registry/installation-configuration.md': () => installationPageOf(manifest),
    'docs/reference/functions.md': (before) => functionsPageOf(before, functions),
    'docs/reference/licences.md': () =>
      licencesPageOf(lockIn(root), read(join(root, 'plugin/THIRD-PARTY.txt'))),
  };
  for (const resource of everything.resources) {
    const { description } = resource;
    files[`provider/program/${description.entry}.ts`] = () => programOf(resource);
    files[`provider/hosts/dynamic/${description.entry}.ts`] = () => entryOf(resource);
    // A page that was made of a draft holds its marks: nobody has written on in it, so it is made anew.
    files[`docs/reference/${description.entry}.md`] = (before) =>
      pageOf(description, before === '' || before.includes(MARK) ? skeletonOf(description) : before);
  }
  for (const each of everything.functions)
    files[`provider/program/${each.description.entry}.ts`] = () => functionOf(each);
  return files;
}

/** The text of each file that is not current. */
export function stale(root: string): ReadonlyMap<string, string> {
  const texts = Object.entries(generated(root)).flatMap(([file, make]) => {
    const before = read(join(root, file));
    const after = formatted(root, file, make(before));
    return before === after ? [] : [[file, after] as const];
  });
  return new Map(texts);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Writes what is not current. */
export async function main(): Promise<number> {
  const root = findRoot();
  for (const [file, text] of stale(root)) {
    writeFileSync(join(root, file), text);
    console.log(`wrote ${file}`);
  }
  // A test with a generator at hand holds it against the schema.
  await writeSdks(root, console.log);
  return 0;
}
