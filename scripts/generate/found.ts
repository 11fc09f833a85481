import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { ResourceDescription } from '../../provider/lifecycle/description.js';
import type { Lifecycle } from '../../provider/lifecycle/lifecycle.js';

/** Something that a file of `provider/imm` or `provider/mps` describes and exports. */
export interface Found<D> {
  /** `imm/project`, below `provider/`. */
  readonly file: string;
  /** The name that it is exported by. */
  readonly name: string;
  readonly description: D;
}

export interface Everything {
  readonly resources: readonly Found<ResourceDescription>[];
}

/**
 * Every resource, found by loading each file. Nothing that a list names is looked at: a list may not have it yet, or may
 * not load for what is missing. `built` holds what the compiler made of the sources in `root`.
 */
export function everythingIn(root: string, built = join(root, 'dist')): Everything {
  const resources = ['imm', 'mps'].flatMap((module) =>
    sourcesIn(join(root, 'provider', module)).flatMap((source) => {
      const file = `${module}/${source}`;
      return resourceIn(file, join(built, 'provider', `${file}.js`));
    }),
  );
  refuseTwins(resources);
  return { resources };
}

function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  return names.map((name) => basename(name, '.ts')).sort();
}

function resourceIn(file: string, path: string): Found<ResourceDescription>[] {
  const exported = createRequire(path)(path) as Readonly<Record<string, unknown>>;
  const { description } = exported;
  if (description === undefined) return [];
  const name = Object.keys(exported).find((each) => isLifecycleOf(exported[each], description));
  if (name === undefined)
    throw new Error(`provider/${file}.ts exports a description, and no lifecycle that was made of it`);
  return [{ file, name, description: description as ResourceDescription }];
}

function isLifecycleOf(value: unknown, description: unknown): boolean {
  return typeof value === 'object' && (value as Lifecycle | null)?.description === description;
}

/** One entry, one type and one exported name each: a second would take the place of the first. */
function refuseTwins(found: readonly Found<ResourceDescription>[]): void {
  const seen = new Map<string, string>();
  for (const { file, name, description } of found) {
    for (const own of [
      `the entry ${description.entry}`,
      `the type ${description.type}`,
      `the name ${name}`,
    ]) {
      const other = seen.get(own);
      if (other !== undefined)
        throw new Error(`provider/${file}.ts and provider/${other}.ts both have ${own}`);
      seen.set(own, file);
    }
  }
}
