import Module = require('node:module');

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;

interface Loader {
  _load: Load;
  _resolveFilename(request: string, parent: unknown): string;
}

/** Milliseconds in the files of each package themselves, without what they load in turn. */
export type Profile = Readonly<Record<string, { readonly milliseconds: number; readonly files: number }>>;

const loader = Module as unknown as Loader;
const original = loader._load;
let profile: Record<string, { milliseconds: number; files: number }> = {};
const seen = new Set<string>();
const nested: number[] = [];

function watched(this: unknown, request: string, parent: unknown, isMain: boolean): unknown {
  const file = loader._resolveFilename(request, parent);
  const started = performance.now();
  nested.push(0);
  try {
    return original.call(this, request, parent, isMain);
  } finally {
    const total = performance.now() - started;
    const within = nested.pop() ?? 0;
    const outer = nested.pop();
    if (outer !== undefined) nested.push(outer + total);
    const name = packageOf(file);
    const sums = profile[name] ?? { milliseconds: 0, files: 0 };
    profile[name] = {
      milliseconds: sums.milliseconds + total - within,
      files: sums.files + (seen.has(file) ? 0 : 1),
    };
    seen.add(file);
  }
}

/** The name of the package a file is of; files of this package by their folder. */
function packageOf(file: string): string {
  if (!file.includes('/') && !file.includes('\\')) return 'Node itself';
  const parts = file.split(/[\\/]/);
  const modules = parts.lastIndexOf('node_modules');
  if (modules < 0) return 'pulumi-alicloud-media';
  const [first = '', second = ''] = parts.slice(modules + 1);
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Watches from now on what is loaded. */
export function watchLoading(): void {
  loader._load = watched;
}

/** What was loaded since the last call. */
export function takeProfile(): Profile {
  const taken = profile;
  profile = {};
  return taken;
}
