import { type Dirent, existsSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Check } from './check.js';
import { ok, skip, warning } from './finding.js';
import { type Installed, installedFrom, installedIn } from './installed.js';
import { mainFolder } from './version-checks.js';

const NAMES = ['@pulumi/pulumi', 'pulumi-alicloud-media'];

export const copiesCheck: Check = {
  name: 'copies',
  description: 'Is there just one copy of @pulumi/pulumi and of this package for the program?',
  run(context) {
    const folder = mainFolder(context);
    const starts = new Set(NAMES.flatMap((name) => installedFrom(folder, name)?.within ?? []));
    if (starts.size === 0) return skip('none is installed for the program');
    const found = NAMES.map((name) => {
      const copies = new Map<string, Installed>();
      for (const start of starts) collect(start, name, copies);
      return { name, copies: [...copies.values()] };
    });
    const several = found.filter(({ copies }) => copies.length > 1);
    if (several.length > 0)
      return warning(
        several
          .map(({ name, copies }) => {
            const places = copies.map((copy) => `${copy.version} in ${relative(folder, copy.folder)}`);
            return `${copies.length} of ${name}: ${places.join(', ')}`;
          })
          .join('; '),
        'What one copy makes another does not know. Ask for one version everywhere, then run: npm dedupe',
      );
    return ok(found.flatMap(({ name, copies }) => (copies.length === 1 ? `one of ${name}` : [])).join(', '));
  },
};

/** Every copy in a node_modules and those below it. Links lead to what is counted where it stands. */
function collect(within: string, name: string, copies: Map<string, Installed>): void {
  const found = installedIn(within, name);
  if (found !== undefined) {
    const place = realpathSync(found.folder);
    if (!copies.has(place)) copies.set(place, found);
  }
  for (const folder of packagesIn(within)) {
    const below = join(folder, 'node_modules');
    if (existsSync(below)) collect(below, name, copies);
  }
}

function packagesIn(within: string): readonly string[] {
  return foldersIn(within).flatMap((folder) => {
    const path = join(within, folder);
    // A scope; and where pnpm keeps the packages themselves.
    const isOfMany = folder.startsWith('@') || folder === '.pnpm';
    return isOfMany ? foldersIn(path).map((inner) => join(path, inner)) : [path];
  });
}

function foldersIn(folder: string): readonly string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
