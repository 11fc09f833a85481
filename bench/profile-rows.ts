import { median } from './figures.js';
import type { Profile } from './load-hook.js';

/** The packages that take a millisecond or more to load, and all of them together. */
export function profileRows(when: string, profiles: readonly Profile[]): string[][] {
  const packages = Object.entries(profiles[0] ?? {}).map(([name, { files }]) => ({
    name,
    files,
    milliseconds: median(profiles.map((profile) => profile[name]?.milliseconds ?? 0)),
  }));
  const long = packages.filter(({ milliseconds }) => milliseconds >= 1);
  const all = {
    name: 'all',
    files: packages.reduce((sum, { files }) => sum + files, 0),
    milliseconds: packages.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
  return [...long.sort((a, b) => b.milliseconds - a.milliseconds), all].map(
    ({ name, files, milliseconds }) => [when, name, milliseconds.toFixed(1), String(files)],
  );
}
