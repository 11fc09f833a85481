import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRoot } from '../../../scripts/root.js';

interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(findRoot(), 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** As Node looks for it: in the folder of the package, then in each folder above. */
function isLocked(name: string, folder: string): boolean {
  if (`${folder}/node_modules/${name}`.replace(/^\//, '') in packages) return true;
  return folder !== '' && isLocked(name, folder.slice(0, Math.max(0, folder.lastIndexOf('/'))));
}

test('the lock file names every optional package, also those of other platforms: `npm ci` refuses it otherwise', () => {
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, folder)),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no registry, so that it works behind any', () => {
  const resolved = Object.values(packages).flatMap(({ resolved: from = '' }) => (from === '' ? [] : [from]));
  expect(resolved.filter((from) => from.includes(':'))).toEqual([]);
});
