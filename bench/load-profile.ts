// Runs alone, in a fresh Node: loads an entry of the package, then has it ask the emulator once, and prints as JSON
// what was loaded in each of the two phases and how long it took.
import { createRequire } from 'node:module';
import { type Profile, takeProfile, watchLoading } from './load-hook.js';

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

async function main(): Promise<void> {
  // Not an argument: the entry takes the first one for the address of the engine, as in Pulumi's own process.
  const { entry, id, properties } = JSON.parse(process.env.BENCH_LOAD ?? '{}') as LoadRequest;
  const load = createRequire(`${process.cwd()}/program.js`);
  watchLoading();
  const provider = load(entry) as EntryModule;
  const ofEntry = takeProfile();
  provider.configure({ config: { get: () => undefined } });
  await provider.read(id, properties);
  // On a line of its own, the last: the provider may have said something before.
  process.stdout.write(
    `\n${JSON.stringify({ entry: ofEntry, firstRequest: takeProfile() } satisfies LoadReport)}`,
  );
}

if (require.main === module) void main();
