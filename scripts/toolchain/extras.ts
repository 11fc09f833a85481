import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { makeOnce } from './cache.js';
import { EXTRAS, type ExtraName } from './extra-programs.js';
import { cli, findOnPath, missingFrom, needed, place, placeForGood } from './files.js';
import { isGoBuild } from './go-build.js';
import { build, digestOf, type Program, requireGo } from './go-module.js';
import type { Surroundings } from './way.js';

/** `folder` if it has the extras as well, or else one in the cache that has all of both. */
export async function withExtras(
  folder: string,
  names: readonly ExtraName[],
  surroundings: Surroundings,
): Promise<string> {
  const has = (where: string, name: ExtraName) =>
    Object.keys(EXTRAS[name].places).every((each) => existsSync(join(where, each)));
  if (names.every((name) => has(folder, name))) return folder;
  // By its place in the folder, the file that is put there.
  const files = new Map(needed.map((program) => [program, join(folder, program)]));
  for (const name of names)
    for (const [at, file] of await filesOf(name, folder, surroundings)) files.set(at, file);

  const key = createHash('sha256')
    .update([...files].flat().join('\0'))
    .digest('hex')
    .slice(0, 12);
  const isWhole = async (whole: string) =>
    missingFrom(whole).length === 0 && names.every((name) => has(whole, name));
  return makeOnce(join(surroundings.cache, `with-${names.join('-')}-${key}`), isWhole, async (draft) => {
    for (const [at, file] of files) {
      // What a user has may be renewed in its place; what lies in the cache never changes.
      const kept = file.startsWith(`${surroundings.cache}${sep}`);
      await (kept ? placeForGood : place)(file, draft, at);
    }
  });
}

/** The file for each place of an extra: in the folder already, or of the user, or built. */
async function filesOf(
  name: ExtraName,
  folder: string,
  surroundings: Surroundings,
): Promise<readonly (readonly [string, string])[]> {
  const theirs = await besideTheirs(name, folder, surroundings.env);
  if (theirs !== undefined) return theirs;
  const files: [string, string][] = [];
  for (const [at, [program, file]] of Object.entries(EXTRAS[name].built)) {
    const there = join(folder, at);
    files.push([at, existsSync(there) ? there : await built(program, surroundings, file)]);
  }
  return files;
}

/**
 * Where `pulumi` is the user's own, so may be the extra: beside it, or anywhere on PATH. And the official download has
 * hosts of its own age.
 */
async function besideTheirs(
  name: ExtraName,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<[string, string][] | undefined> {
  const theirs = findOnPath(cli, env.PATH);
  const [used, own] = await Promise.all([realpath(join(folder, cli)), theirs && realpath(theirs)]);
  if (used !== own && isGoBuild(folder)) return undefined;
  const path = used === own ? [dirname(used), env.PATH ?? ''].join(delimiter) : folder;
  const files: [string, string][] = [];
  for (const [at, program] of Object.entries(EXTRAS[name].places)) {
    const found = findOnPath(program, path);
    if (found === undefined) return undefined;
    files.push([at, found]);
  }
  return files;
}

/** A file of a program that is built by itself, so that a `pulumi` that is there is never built again for it. */
export async function built(
  program: Program,
  { cache, env, say }: Surroundings,
  file = program.output,
): Promise<string> {
  const key = `${program.module}-${digestOf(program)}-${process.platform}-${process.arch}`;
  const has = async (folder: string) => existsSync(join(folder, file));
  const folder = await makeOnce(join(cache, key), has, async (draft) => {
    say(`toolchain: building ${program.output} from Go modules; the first time takes a minute or two`);
    requireGo(env);
    await build(program, draft, env, say);
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the toolchain lacks ${file}, and it cannot be built: ${reason}`);
  });
  return join(folder, file);
}
