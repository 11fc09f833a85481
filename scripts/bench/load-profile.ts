// Runs alone, in a fresh Node: loads an entry of the package, then has it ask the emulator once, and prints as JSON
// what was loaded in each of the two phases and how long it took.
import Module = require('node:module');

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;

interface Loader {
  _load: Load;
  _resolveFilename(request: string, parent: unknown): string;
}

/** Milliseconds in the files of each package themselves, without what they load in turn. */
export type Profile = Readonly<Record<string, { readonly milliseconds: number; readonly files: number }>>;

/** What to load, and what to read with it. */
export interface LoadRequest {
  readonly entry: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface LoadReport {
  readonly entry: Profile;
  readonly firstRequest: Profile;
}

interface EntryModule {
  configure(request: { config: { get(key: string): string | undefined } }): void;
  read(id: string, properties: object): Promise<object>;
}

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

async function main(): Promise<void> {
  // Not an argument: the entry takes the first one for the address of the engine, as in Pulumi's own process.
  const { entry, id, properties } = JSON.parse(process.env.BENCH_LOAD ?? '{}') as LoadRequest;
  const load = Module.createRequire(`${process.cwd()}/program.js`);
  loader._load = watched;
  const provider = load(entry) as EntryModule;
  const ofEntry = profile;
  profile = {};
  provider.configure({ config: { get: () => undefined } });
  await provider.read(id, properties);
  // On a line of its own, the last: the provider may have said something before.
  process.stdout.write(`\n${JSON.stringify({ entry: ofEntry, firstRequest: profile } satisfies LoadReport)}`);
}

if (require.main === module) void main();
