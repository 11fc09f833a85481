import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FunctionDescription, ResourceDescription } from '../../provider/lifecycle/description.js';

/** Something that a file of `provider/imm` or `provider/mps` describes and exports. */
export interface Found<D> {
  /** `imm/project/project`, below `provider/`. */
  readonly file: string;
  /** The name that it is exported by. */
  readonly name: string;
  readonly description: D;
}

export interface Everything {
  readonly resources: readonly Found<ResourceDescription>[];
  readonly functions: readonly Found<FunctionDescription>[];
}

/**
 * Every resource and every function, found by loading each file. Nothing that a list names is looked at: a list may not
 * have it yet, or may not load for what is missing. `dist` holds what the compiler made of the sources in `root`.
 */
export function everythingIn(root: string): Everything {
  const found = ['imm', 'mps'].flatMap((module) =>
    sourcesIn(join(root, 'provider', module)).flatMap((source) => {
      const file = `${module}/${source}`;
      return describedIn(file, join(root, 'dist/provider', `${file}.js`));
    }),
  );
  refuseTwins(found);
  // By what they are called, so that no list changes when a file moves.
  found.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return { resources: found.filter(isResource), functions: found.filter(isFunction) };
}

const nameOf = ({ description: { module, entry } }: Described) => `${module}/${entry}`;

type Described = Found<ResourceDescription | FunctionDescription>;

const isResource = (found: Described): found is Found<ResourceDescription> => 'type' in found.description;
const isFunction = (found: Described): found is Found<FunctionDescription> => 'name' in found.description;

function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -'.ts'.length));
  return sources.map((name) => name.replaceAll('\\', '/')).sort();
}

function describedIn(file: string, path: string): Described[] {
  const exported = createRequire(path)(path) as Readonly<Record<string, unknown>>;
  const { description } = exported;
  if (description === undefined) return [];
  const name = Object.keys(exported).find((each) => isMadeOf(exported[each], description));
  if (name === undefined)
    throw new Error(
      `provider/${file}.ts exports a description, and neither a lifecycle nor a function made of it`,
    );
  return [{ file, name, description: description as Described['description'] }];
}

function isMadeOf(value: unknown, description: unknown): boolean {
  return typeof value === 'object' && (value as Partial<Described> | null)?.description === description;
}

/** One entry and one name each: a second would take the place of the first. */
function refuseTwins(found: readonly Described[]): void {
  const seen = new Map<string, string>();
  for (const { file, name, description } of found) {
    const called = 'type' in description ? description.type : description.name;
    for (const own of [`the entry ${description.entry}`, `the name ${called}`, `the name ${name}`]) {
      const other = seen.get(own) ?? file;
      if (other !== file) throw new Error(`provider/${file}.ts and provider/${other}.ts both have ${own}`);
      seen.set(own, file);
    }
  }
}
