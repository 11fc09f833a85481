import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(__dirname, '../..');

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly type?: string;
  readonly main: string;
  readonly types: string;
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | { types: string; default: string }>;
  readonly typesVersions: { '*': Record<string, string[]> };
  readonly engines: { node: string };
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly workspaces: string[];
}

function manifest(folder = '.'): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

it('has entries that load, each with types beside it', () => {
  const { exports, main, types, bin, typesVersions } = manifest();
  const typesOf = new Map<string, string[]>();
  const load = createRequire(join(ROOT, 'examples/media-library/index.js'));
  for (const [entry, target] of Object.entries(exports)) {
    expect(load(`pulumi-alicloud-media${entry.slice(1)}`), entry).toBeTypeOf('object');
    if (typeof target === 'string') continue;
    expect(target.types.replace(/\.d\.ts$/, '.js'), entry).toBe(target.default);
    expect(readFileSync(join(ROOT, target.types), 'utf8'), entry).toMatch(/export/);
    if (entry !== '.') typesOf.set(entry.slice(2), [target.types]);
  }
  // For tools that know no `exports`.
  expect(exports['.']).toEqual({ types, default: main });
  expect(typesVersions).toEqual({ '*': Object.fromEntries(typesOf) });
  for (const path of Object.values(bin)) {
    expect(readFileSync(join(ROOT, path), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  }
});

it('is CommonJS, which Pulumi loads synchronously in its dynamic-provider process', () => {
  expect(manifest().type ?? 'commonjs').toBe('commonjs');
});

it('runs on the oldest Node it promises, and the tests know which that is', () => {
  const [, oldest = ''] = /^>=(\d+)\.\d+$/.exec(manifest().engines.node) ?? [];
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(Number(oldest));
  // Types of a newer Node would let a call through that the oldest does not have.
  expect(manifest().devDependencies['@types/node']).toMatch(new RegExp(`^~${oldest}\\.`));
});

it('supports the range of @pulumi/pulumi that the contract tests run at both ends', () => {
  const [, oldest] = /^>=(\d+\.\d+) <4$/.exec(manifest().peerDependencies['@pulumi/pulumi'] ?? '') ?? [];
  expect(manifest('test/peers/oldest').dependencies['@pulumi/pulumi']).toMatch(`${oldest}.`);
  expect(manifest('test/peers/newest').dependencies['@pulumi/pulumi']).toMatch(/^3\.\d+\.\d+$/);
  expect(manifest().dependencies).not.toHaveProperty('@pulumi/pulumi');
});

it('has few runtime dependencies, each argued in docs/internals/decisions.md', () => {
  const decisions = readFileSync(join(ROOT, 'docs/internals/decisions.md'), 'utf8');
  for (const name of Object.keys(manifest().dependencies)) expect(decisions).toContain(name);
});

it('is Apache-2.0, and stays 0.x while it was never run against the real service', () => {
  expect(manifest().license).toBe('Apache-2.0');
  expect(readFileSync(join(ROOT, 'LICENSE'), 'utf8')).toContain('Apache License');
  const neverRun = readFileSync(join(ROOT, 'README.md'), 'utf8').includes('never run against the real');
  if (neverRun) expect(manifest().version).toMatch(/^0\./);
});

it('runs no script when it is installed', () => {
  const onInstall = Object.keys(manifest().scripts).filter((name) =>
    /^(pre|post)?(install|prepare|publish)/.test(name),
  );
  expect(onInstall).toEqual([]);
});

it('has examples that depend on the package as a project of a user does, and say how to run', () => {
  expect(manifest().workspaces).toContain('examples/*');
  const tests = ['lifecycle/examples.test.ts', 'plugin/examples.test.ts', 'plugin/languages.ts'].map((file) =>
    readFileSync(join(ROOT, 'test', file), 'utf8'),
  );
  for (const entry of readdirSync(join(ROOT, 'examples'), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const example = entry.name;
    if (existsSync(join(ROOT, 'examples', example, 'package.json'))) {
      const { dependencies } = manifest(join('examples', example));
      const isPlugin = example.startsWith('plugin-');
      // Pulumi resolves the package from the folder of the program; a reference to itself it cannot.
      expect(dependencies, example).toMatchObject(
        isPlugin
          ? { 'pulumi-alicloud-media-plugin': 'file:../../sdk/nodejs' }
          : { 'pulumi-alicloud-media': 'file:../..' },
      );
    } else {
      const project = readFileSync(join(ROOT, 'examples', example, 'Pulumi.yaml'), 'utf8');
      expect(project, example).toMatch(/^runtime:(\n {2}name:)? (yaml|python|go|java)$/m);
    }
    expect(readFileSync(join(ROOT, 'examples', example, 'README.md'), 'utf8'), example).toContain(
      'pulumi up',
    );
    expect(tests.join().includes(`'${example}'`), `a test of ${example}`).toBe(true);
  }
});
