import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRoot } from '../root.js';
import { cacheFolder } from '../toolchain/cache.js';
import { SDK_GENERATOR } from '../toolchain/extra-programs.js';
import { built } from '../toolchain/extras.js';
import type { Say } from '../toolchain/way.js';
import { findToolchainWith, folderVariable } from '../toolchain.js';

/** Writes sdk/nodejs/ and sdk/go/ anew from the schema. Without Go there is no generator, and they are left as they are. */
export async function writeSdks(root: string, say: Say): Promise<void> {
  const generator = await sdkGenerator(say).catch((error: unknown) => {
    say(`sdk/ is left as it is: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (generator === undefined) return;
  const schema = join(root, 'provider/schema.json');
  writeSdk(root, 'sdk/nodejs', nodeSdkOf(generator, schema), say);
  writeSdk(root, 'sdk/go', goSdkOf(generator, schema), say);
}

function writeSdk(root: string, place: string, files: Readonly<Record<string, string>>, say: Say): void {
  const folder = join(root, place);
  const before = generatedIn(folder);
  for (const name of Object.keys(before)) if (!(name in files)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    if (before[name] === text) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    say(`wrote ${place}/${name}`);
  }
}

/** What the generator makes: it leaves the versions that a Go module needs to `go mod tidy`. */
export function generatedIn(folder: string): Readonly<Record<string, string>> {
  const { 'go.mod': _versions, 'go.sum': _sums, ...files } = filesOf(folder);
  return files;
}

/** That of the toolchain that a test was given; elsewhere it is built by itself, since the CLI is not needed for it. */
export async function sdkGenerator(say: Say): Promise<string> {
  if (process.env[folderVariable]) return join(await findToolchainWith(['sdk'], say), SDK_GENERATOR.output);
  return built(SDK_GENERATOR, { cache: cacheFolder(process.env), env: process.env, say });
}

/** The files of the Node.js SDK, by their path in its folder, as the generator of Pulumi makes them of the schema. */
export function nodeSdkOf(generator: string, schema: string): Readonly<Record<string, string>> {
  const made = sdkOf(generator, schema, 'nodejs');
  const { 'package.json': manifest = '', 'tsconfig.json': compiler = '', ...files } = made;
  return {
    ...files,
    // The licence asks that it goes with every copy.
    LICENSE: readFileSync(join(findRoot(), 'LICENSE'), 'utf8'),
    'package.json': withEntry(manifest),
    'tsconfig.json': withoutMaps(compiler),
  };
}

/** The same of the Go SDK, which `go get` takes from the repository. */
export function goSdkOf(generator: string, schema: string): Readonly<Record<string, string>> {
  return sdkOf(generator, schema, 'go');
}

function sdkOf(generator: string, schema: string, language: string): Readonly<Record<string, string>> {
  const scratch = mkdtempSync(join(tmpdir(), 'sdk-'));
  try {
    execFileSync(generator, [schema, scratch, language], { stdio: ['ignore', 'inherit', 'inherit'] });
    return filesOf(join(scratch, language));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The text of each file in a folder, by its path, but for what is made of them. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(bin|node_modules)([/\\]|$)/.test(name) && statSync(join(folder, name)).isFile())
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The same of the Python SDK, from which its wheel is built. */
export function pythonSdkOf(generator: string, schema: string): Readonly<Record<string, string>> {
  return sdkOf(generator, schema, 'python');
}

/** A map leads to a source, and the sources are not packed. */
function withoutMaps(compiler: string): string {
  return compiler.replace(/^ *"(?:declarationMap|sourceMap)": true,\n/gm, '');
}

/**
 * The generator leaves it to whoever publishes to say where the compiled code is. The notes of tsc are no part of it, nor are
 * maps that were compiled before.
 */
function withEntry(manifest: string): string {
  const { name, version, description, scripts, ...rest } = JSON.parse(manifest) as Record<string, unknown>;
  const { engines, repository } = JSON.parse(
    readFileSync(join(findRoot(), 'package.json'), 'utf8'),
  ) as object & Record<'engines' | 'repository', unknown>;
  const entry = {
    type: 'commonjs',
    main: 'bin/index.js',
    files: ['bin', '!bin/*.tsbuildinfo', '!bin/**/*.map'],
    engines,
  };
  // So that `npm pack` in a clone packs code, whatever was built before.
  const whole = {
    name,
    version,
    description,
    ...entry,
    scripts: { ...(scripts as object), prepack: 'tsc' },
    ...rest,
    // As npm has it: it holds the provenance of a package against it.
    repository,
  };
  return `${JSON.stringify(whole, undefined, 4)}\n`;
}
