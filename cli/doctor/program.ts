import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Row, record } from '../../provider/lifecycle/values.js';
import { type Found, problem } from './finding.js';
import { readYaml, UnreadableError } from './read-yaml.js';

/** The program as its Pulumi.yaml describes it. */
export interface Program {
  /** The Pulumi.yaml itself. */
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly runtime: string;
  /** Where the engine starts the program, and the dynamic-provider process. */
  readonly mainFolder: string;
  /** Where the files of the stacks are. */
  readonly stackFolder: string;
  readonly config: Row;
  /** Where it says that our plugin is. */
  readonly pluginPaths: readonly PluginPath[];
  readonly usesTypeScript: boolean;
  /** It has resources of the provider plugin. */
  readonly usesPlugin: boolean;
  /** It has the dynamic resources of this package. */
  readonly usesDynamic: boolean;
}

/** A folder, and which part of Pulumi.yaml names it. */
export interface PluginPath {
  readonly folder: string;
  readonly by: 'plugins.providers' | 'packages';
}

const NAMES = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'];

export function findProgram(from: string): Found<Program> {
  const file = fileAbove(from);
  if (file === undefined)
    return {
      missing: problem(
        'there is no Pulumi.yaml in this folder or above it',
        "Run the doctor in the program's folder, or name that with --cwd.",
      ),
    };
  try {
    return { found: programIn(file, record(readYaml(file)) ?? {}) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { missing: problem(error.message, 'Correct the file: Pulumi cannot read it either.') };
  }
}

function fileAbove(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (file !== undefined || folder === dirname(folder)) return file;
  }
}

function programIn(file: string, content: Row): Program {
  const folder = dirname(file);
  const runtime = text(content.runtime) ?? text(record(content.runtime)?.name) ?? 'none';
  const mainFolder = folderOf(resolve(folder, text(content.main) ?? '.'));
  const isNode = runtime === 'nodejs';
  const dependencies = isNode ? dependenciesOf(mainFolder) : [];
  const usesPlugin = !isNode || dependencies.includes('pulumi-alicloud-media-plugin');
  const options = record(record(content.runtime)?.options);
  return {
    file,
    folder,
    name: text(content.name) ?? basename(folder),
    runtime,
    mainFolder,
    // An older Pulumi.yaml names the folder by `config`.
    stackFolder: resolve(folder, text(content.stackConfigDir) ?? text(content.config) ?? '.'),
    config: record(content.config) ?? {},
    pluginPaths: pluginPathsIn(content, folder),
    usesTypeScript:
      isNode && options?.typescript !== 'false' && existsSync(join(mainFolder, 'tsconfig.json')),
    usesPlugin,
    usesDynamic: isNode && (!usesPlugin || dependencies.includes('pulumi-alicloud-media')),
  };
}

function pluginPathsIn(content: Row, folder: string): readonly PluginPath[] {
  const providers = record(content.plugins)?.providers;
  const named = (Array.isArray(providers) ? providers : []).flatMap((entry: unknown) => {
    const { name, path } = record(entry) ?? {};
    return name === 'alicloud-media' && typeof path === 'string' ? [path] : [];
  });
  const given = record(content.packages)?.['alicloud-media'];
  const source = text(given) ?? text(record(given)?.source);
  return [
    ...named.map((path) => ({ folder: resolve(folder, path), by: 'plugins.providers' as const })),
    // A name or an address, in the place of a path, is for Pulumi's plugin cache.
    ...(source !== undefined && /^(\.{1,2})?[\\/]|^\.{1,2}$|^[A-Za-z]:/.test(source)
      ? [{ folder: resolve(folder, source), by: 'packages' as const }]
      : []),
  ];
}

/** `main` may name a file. */
function folderOf(main: string): string {
  const stats = statSync(main, { throwIfNoEntry: false });
  return stats === undefined || stats.isDirectory() ? main : dirname(main);
}

/** What the nearest package.json asks for. */
function dependenciesOf(from: string): readonly string[] {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const { dependencies, devDependencies } = manifestIn(file);
      return Object.keys({ ...record(dependencies), ...record(devDependencies) });
    }
    if (folder === dirname(folder)) return [];
  }
}

function manifestIn(file: string): Row {
  try {
    return record(JSON.parse(readFileSync(file, 'utf8'))) ?? {};
  } catch {
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
