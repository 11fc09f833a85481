import { expect, it } from 'vitest';
import { broughtAlone } from '../../../bench/install-size.js';
import { broughtBy, found, type Lock, runtimePlaces } from '../../../scripts/release/locked.js';

const LOCK: Lock = {
  '': { dependencies: { wire: '^1', table: '^1' } },
  'node_modules/wire': {
    dependencies: { debug: '^3', shared: '^1' },
    peerDependencies: { needed: '^1', colours: '^1' },
    peerDependenciesMeta: { colours: { optional: true } },
  },
  'node_modules/wire/node_modules/debug': { version: '3.0.0', dependencies: { ms: '^2' } },
  'node_modules/debug': { version: '4.0.0' },
  'node_modules/ms': { dependencies: { debug: '^4' } },
  'node_modules/shared': {},
  'node_modules/needed': {},
  'node_modules/colours': {},
  'node_modules/table': {
    dependencies: { shared: '^1' },
    optionalDependencies: { 'not-for-this-machine': '^1' },
  },
};

it('a package is found as Node looks for it: below the one that asks first', () => {
  expect(found(LOCK, 'debug', 'node_modules/wire')).toBe('node_modules/wire/node_modules/debug');
  expect(found(LOCK, 'debug', 'node_modules/table')).toBe('node_modules/debug');
  expect(found(LOCK, 'missing', 'node_modules/wire')).toBeUndefined();
});

it('what is installed at run time has both versions of a package, and no peer that is optional', () => {
  expect(runtimePlaces(LOCK)).toEqual([
    'node_modules/debug',
    'node_modules/ms',
    'node_modules/needed',
    'node_modules/shared',
    'node_modules/table',
    'node_modules/wire',
    'node_modules/wire/node_modules/debug',
  ]);
  expect([...broughtBy(LOCK, ['table'])]).toEqual(['node_modules/table', 'node_modules/shared']);
});

it('a dependency costs what goes with it: nothing that another one, or Pulumi, has as well', () => {
  const lock: Lock = {
    'node_modules/media': { dependencies: { wire: '^1', table: '^1' } },
    'node_modules/@pulumi/pulumi': { dependencies: { needed: '^1' } },
    ...Object.fromEntries(Object.entries(LOCK).filter(([place]) => place !== '')),
  };
  expect(broughtAlone(lock, 'media', 'table')).toEqual(['node_modules/table']);
  expect([...broughtAlone(lock, 'media', 'wire')].sort()).toEqual([
    'node_modules/debug',
    'node_modules/ms',
    'node_modules/wire',
    'node_modules/wire/node_modules/debug',
  ]);
});
