import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { makeOnce } from './cache.js';
import { cli, executable, findOnPath, missingFrom, needed, place, placeForGood } from './files.js';
import { build, digestOf, type Program, requireGo } from './go-module.js';
import type { Surroundings } from './way.js';

const yamlVersion = '1.32.0';

/** A program that not every use of the toolchain needs, by the name that `--with` takes. */
const extras = {
  /** The host of programs in YAML. The official package of Pulumi has it. */
  yaml: {
    module: 'language-yaml',
    package: 'github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml',
    output: `pulumi-language-yaml${executable}`,
    flags: `-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=v${yamlVersion}`,
  },
  /** What writes the SDKs of the provider plugin. */
  sdk: {
    module: 'sdk-gen',
    package: '.',
    ahead: ['github.com/pulumi/pulumi/sdk/v3/go/pulumi', 'github.com/pulumi/pulumi/sdk/v3/go/pulumi/config'],
    output: `sdk-gen${executable}`,
    flags: '-s -w',
  },
} as const satisfies Readonly<Record<string, Program>>;

export type ExtraName = keyof typeof extras;

export function extraNamed(name: string): ExtraName {
  if (Object.hasOwn(extras, name)) return name as ExtraName;
  throw new Error(`--with takes ${Object.keys(extras).join(' or ')}, not "${name}"`);
}

/** The name of the file of an extra, in the folder of the toolchain. */
export function programOf(name: ExtraName): string {
  return extras[name].output;
}

/** `folder` if it has the extras as well, or else one in the cache that has all of both. */
export async function withExtras(
  folder: string,
  names: readonly ExtraName[],
  surroundings: Surroundings,
): Promise<string> {
  const missing = names.filter((name) => !existsSync(join(folder, programOf(name))));
  if (missing.length === 0) return folder;
  const files = new Map<string, string>();
  for (const name of missing) files.set(programOf(name), await fileOf(name, folder, surroundings));

  const own = [...needed, ...names.map(programOf).filter((program) => !files.has(program))];
  for (const program of own) files.set(program, join(folder, program));
  const key = createHash('sha256')
    .update([...files.values()].join('\0'))
    .digest('hex')
    .slice(0, 12);
  const isWhole = async (whole: string) =>
    missingFrom(whole).length === 0 && names.every((name) => existsSync(join(whole, programOf(name))));
  return makeOnce(join(surroundings.cache, `with-${names.join('-')}-${key}`), isWhole, async (draft) => {
    for (const [program, file] of files) {
      // What a user has may be renewed in its place; what lies in the cache never changes.
      const kept = file.startsWith(`${surroundings.cache}${sep}`);
      await (kept ? placeForGood : place)(file, draft, program);
    }
  });
}

async function fileOf(name: ExtraName, folder: string, surroundings: Surroundings): Promise<string> {
  return (await besideTheirs(name, folder, surroundings.env)) ?? (await built(name, surroundings));
}

/** Where `pulumi` is the user's own, so may be the extra: beside it, or anywhere on PATH. */
async function besideTheirs(
  name: ExtraName,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const theirs = findOnPath(cli, env.PATH);
  const [used, own] = await Promise.all([realpath(join(folder, cli)), theirs && realpath(theirs)]);
  if (used !== own) return undefined;
  return findOnPath(programOf(name), [dirname(used), env.PATH ?? ''].join(delimiter));
}

/** Built by itself, so that a `pulumi` that is there is never built again for it. */
export async function built(name: ExtraName, { cache, env, say }: Surroundings): Promise<string> {
  const program = extras[name];
  const key = `${program.module}-${digestOf(program)}-${process.platform}-${process.arch}`;
  const has = async (folder: string) => existsSync(join(folder, program.output));
  const folder = await makeOnce(join(cache, key), has, async (draft) => {
    say(`toolchain: building ${program.output} from Go modules; the first time takes a minute or two`);
    requireGo(env);
    await build(program, draft, env, say);
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the toolchain lacks ${program.output}, and it cannot be built: ${reason}`);
  });
  return join(folder, program.output);
}
