import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundledPackages } from '../../scripts/generate/licences-page.js';
import { PUBLICATION } from '../../scripts/publication.js';
import { assemble } from '../../scripts/release/assemble.js';
import { attw, publint } from './checkers.js';
import { npmSays, packedBy, QUICK } from './installed-project.js';

// The generator of the SDKs is compiled at the first time.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');
const { name: NAME, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
const PACKAGES = [
  { name: NAME, folder: ROOT },
  { name: PUBLICATION.npm, folder: join(ROOT, 'sdk/nodejs') },
];

/** What `npm publish` says that it would send, by the name of the package. */
type Published = Readonly<Record<string, { version: string; files: { path: string }[] }>>;

let folder: string;
let registry: Server;
let asked: string[];
let withoutGenerator: string | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  // The SDK for Python comes last.
  await assemble(ROOT, join(folder, 'release'), () => {}).catch((error: Error) => {
    withoutGenerator = error.message;
  });
  asked = [];
  registry = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
});
afterAll(() => {
  registry.close();
  registry.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const tarballOf = (name: string) => join(folder, `release/npm/${name}-${version}.tgz`);
const sbomOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, `release/github/${name}-v${version}.cdx.json`), 'utf8')) as {
    bomFormat: string;
    metadata: { component: { name: string; version: string } };
    components: { name: string; version: string }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };

// All that can be tried on one machine: `--provenance` asks for an identity that only GitHub gives.
it.each(PACKAGES)('npm would publish $name as it was packed, and has nothing to mend', async (each) => {
  const { port } = registry.address() as AddressInfo;
  const options = ['--dry-run', '--json', '--access', 'public', '--ignore-scripts'];
  const address = `http://127.0.0.1:${port}/`;
  const { stdout, stderr } = await npmSays(
    folder,
    'publish',
    ...options,
    '--registry',
    address,
    tarballOf(each.name),
  );
  const published = (JSON.parse(stdout) as Published)[each.name];
  expect(published?.version).toBe(version);
  const paths = published?.files.map(({ path }) => path).sort() ?? [];
  expect(paths).toEqual((await packedBy(each.folder, '--dry-run')).paths);
  expect(paths).toContain('LICENSE');
  // Tests, scripts, sources that are compiled, notes of compilers, and maps that lead nowhere.
  const forUsNotForUsers =
    /^(test|scripts|examples|api|\.)|\.(tsbuildinfo|map|tgz|log|env)$|(?<!\.d)\.ts$|-lock\.json$/;
  expect(paths.filter((path) => forUsNotForUsers.test(path))).toEqual([]);
  const remarks = stderr.split('\n').filter((line) => /^npm warn/.test(line) && !/logged in/.test(line));
  expect(remarks).toEqual([]);
  expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
});

it('the SDK for Node.js passes publint, and has types that hold for every way to import it', async () => {
  const tarball = tarballOf(PUBLICATION.npm);
  expect(await publint(tarball)).not.toMatch(/warning|error|suggestion/i);
  // It has no `exports`, and bin/ is no entry.
  await attw(tarball, '--entrypoints', '.');
});

it('a release on GitHub has the archives of the plugin, a list of parts of each thing, and what the changelog says', () => {
  const files = readdirSync(join(folder, 'release/github')).sort();
  const lists = files.filter((file) => file.endsWith('.cdx.json'));
  expect(lists).toEqual(
    [NAME, 'pulumi-resource-alicloud-media'].map((name) => `${name}-v${version}.cdx.json`),
  );
  expect(files).toHaveLength(lists.length + 6);
  expect(readFileSync(join(folder, 'release/notes.md'), 'utf8')).toMatch(/^### Breaking\n[\s\S]*### State\n/);
});

describe('the list of parts', () => {
  it('of the package has just what npm installs with it', async () => {
    const project = mkdtempSync(join(folder, 'project-'));
    writeFileSync(join(project, 'package.json'), '{"name":"media","private":true}\n');
    // Pulumi's own SDK is the program's.
    await npmSays(project, 'install', ...QUICK, '--legacy-peer-deps', tarballOf(NAME));
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
    const names = Object.keys(packages).map((place) => place.replace(/^.*node_modules\//, ''));
    const { components, metadata, bomFormat } = sbomOf(NAME);
    expect(bomFormat).toBe('CycloneDX');
    expect(metadata.component).toMatchObject({ name: NAME, version });
    expect(new Set(components.map(({ name }) => name))).toEqual(
      new Set(names.filter((name) => name !== '' && name !== NAME)),
    );
  });

  it('of the package says which of them it asks for itself', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const [own] = sbomOf(NAME).dependencies;
    const names = own?.dependsOn.map((ref) => ref.slice(0, ref.lastIndexOf('@')));
    expect(names?.sort()).toEqual(Object.keys(dependencies).sort());
  });

  it('of the plugin has just what is in its one file', () => {
    const notices = readFileSync(join(ROOT, 'plugin/THIRD-PARTY.txt'), 'utf8');
    const parts = sbomOf('pulumi-resource-alicloud-media').components.map(
      (each) => `${each.name} ${each.version}`,
    );
    expect(parts.sort()).toEqual(
      bundledPackages(notices)
        .map((each) => `${each.name} ${each.version}`)
        .sort(),
    );
  });
});

it('the SDK for Python is there to be built', (context) => {
  if (withoutGenerator !== undefined) return context.skip(withoutGenerator);
  const files = readdirSync(join(folder, 'release/python-source'), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['pyproject.toml', `${PUBLICATION.python}/py.typed`]));
});
