import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a lock file of npm says of a package. */
export interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** By its place, such as `node_modules/debug/node_modules/ms`; the project itself is ''. */
export type Lock = Readonly<Record<string, Locked>>;

export function lockIn(folder: string, file = 'package-lock.json'): Lock {
  return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { packages: Lock }).packages;
}

export function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Where a package is found from a place: as Node looks, in its own folder first and then in each above. */
export function found(lock: Lock, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in lock) return place;
    if (folder === '') return undefined;
  }
}

/** The names that npm installs with a package, those included that only some machines take. */
export function askedBy({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
  peerDependenciesMeta = {},
}: Locked): readonly string[] {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers])];
}

/** The places of packages and of all that they bring, looked for from `from`. */
export function broughtBy(lock: Lock, names: readonly string[], from = ''): ReadonlySet<string> {
  const places = new Set<string>();
  const follow = (name: string, asker: string): void => {
    const place = found(lock, name, asker);
    if (place === undefined || places.has(place)) return;
    places.add(place);
    for (const next of askedBy(lock[place] ?? {})) follow(next, place);
  };
  for (const name of names) follow(name, from);
  return places;
}

/** What a user gets besides Pulumi's SDK: the places of the runtime dependencies and of all below them. */
export function runtimePlaces(lock: Lock): readonly string[] {
  return [...broughtBy(lock, Object.keys(lock['']?.dependencies ?? {}))].sort();
}
