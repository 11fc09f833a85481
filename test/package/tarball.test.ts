import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { attw, passes, publint, tool } from './checkers.js';
import { InstalledProject, type Packed, pack, packedBy } from './installed-project.js';
import { PUBLISHED_ENTRIES } from './published-entries.js';

const ROOT = resolve(__dirname, '../..');
const PROVIDER_TEXTS = Object.values(PUBLISHED_ENTRIES);
/** Not as tsconfig.json, which Pulumi would compile by. Node's own types are those of the checkout. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  },
  files: ['program.ts'],
});
const PROGRAM = readFileSync(join(__dirname, 'program.ts'), 'utf8');
const IN_YAML = `name: tarball-yaml
runtime: yaml
plugins:
  providers:
    - name: alicloud-media
      path: ../node_modules/.bin
resources:
  videos:
    type: alicloud-media:imm:DatasetBinding
    properties: { projectName: media, datasetName: videos, uri: oss://originals }
  renditions:
    type: alicloud-media:mps:OutputBucket
    properties: { bucket: renditions }
`;
const IN_TYPESCRIPT = `import * as pulumi from '@pulumi/pulumi';
import * as dynamic from 'pulumi-alicloud-media';
import * as plugin from 'pulumi-alicloud-media-plugin';

const one = new dynamic.mps.OutputBucket('dynamic', { bucket: 'dynamic' });
const other = new plugin.mps.OutputBucket('plugin', { bucket: 'plugin' }, { dependsOn: [one] });
export const regions: pulumi.Output<string>[] = [one.region, other.region];
`;

let packed: Packed;
let project: InstalledProject;
let emulator: Emulator;

beforeAll(async () => {
  packed = await pack();
  [project, emulator] = await Promise.all([InstalledProject.make(packed), startEmulator()]);
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});
afterAll(async () => {
  project?.remove();
  packed?.remove();
  await emulator?.close();
});

function manifest(): Record<string, Record<string, string> | undefined> {
  return JSON.parse(
    readFileSync(join(project.folder, 'node_modules/pulumi-alicloud-media/package.json'), 'utf8'),
  );
}

/** What `npm ls` tells of a package. */
interface Tree {
  readonly dependencies?: Readonly<Record<string, Tree>>;
}

/** The packages of this tree that depend on another themselves. */
function askersOf(wanted: string, { dependencies = {} }: Tree, name = 'the package itself'): string[] {
  const below = Object.entries(dependencies).flatMap(([each, tree]) => askersOf(wanted, tree, each));
  return wanted in dependencies ? [name, ...below] : below;
}

it('holds what is built, the plugin, the schema, the documentation, and nothing else', () => {
  const built = /^dist\/((?:provider|emulator|cli)\/.+)\.(?:js|d\.ts)$/;
  const page = /^dist\/(emulator\/console\/browser\/[a-z-]+\.(?:mjs|css|html))$/;
  const docs =
    /^docs\/((guides|reference|internals)\/)?([\w-]+\.md|schemas\/[a-z]+\.json|pictures\/[a-z-]+\.(svg|png))$/;
  const others = packed.paths.filter(
    (path) => !built.test(path) && !docs.test(path) && !existsSync(join(ROOT, page.exec(path)?.[1] ?? '-')),
  );
  expect(others).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/pulumi-resource-alicloud-media',
    'package.json',
    'plugin/THIRD-PARTY.txt',
    'plugin/package/PulumiPlugin.yaml',
    'plugin/package/package.json',
    'plugin/package/pulumi-resource-alicloud-media',
    'plugin/pulumi-resource-alicloud-media',
    'plugin/pulumi-resource-alicloud-media.cjs',
    'plugin/pulumi-resource-alicloud-media.cmd',
    'plugin/start.cjs',
    'provider/schema.json',
  ]);
  // A leftover in dist/ would be published.
  const stale = packed.paths.filter((path) => {
    const [, source] = built.exec(path) ?? [];
    return source !== undefined && !existsSync(join(ROOT, `${source}.ts`));
  });
  expect(stale, 'run `npm run build`').toEqual([]);
});

it('holds in the SDK for Node.js what its sources make, and nothing else', async () => {
  const folder = join(ROOT, 'sdk/nodejs');
  const { paths } = await packedBy(folder, '--dry-run');
  const others = paths.filter((path) => {
    const [, source = ''] = /^bin\/(.+?)\.(?:js|d\.ts)$/.exec(path) ?? [];
    return !existsSync(join(folder, `${source}.ts`));
  });
  expect(others).toEqual(['LICENSE', 'README.md', 'bin/package.json', 'package.json']);
});

it('runs nothing on install', () => {
  const scripts = Object.keys(manifest().scripts ?? {});
  expect(scripts.filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
});

it('passes publint', async () => {
  expect(await publint(packed.file)).not.toMatch(/warning|error/i);
});

it('has types that hold for every way to import it', async () => {
  // Of every entry: from CommonJS, from ESM, by a bundler, and by node10, from before `exports`.
  await attw(packed.file);
});

it('asks for the types of Node by no dependency but those that docs/internals/decisions.md names', async () => {
  const { dependencies = {} } = JSON.parse(
    await project.npm('ls', '@types/node', '--omit=dev', '--json'),
  ) as Tree;
  const own = dependencies['pulumi-alicloud-media'] ?? {};
  const askers = askersOf('@types/node', own);
  const decisions = readFileSync(join(ROOT, 'docs/internals/decisions.md'), 'utf8');
  expect(askers.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
});

it.runIf(IS_WIDE).each([
  { kind: 'CommonJS', type: 'commonjs' },
  { kind: 'ESM', type: 'module' },
])('has types for a $kind program of a user', async ({ type }) => {
  const folder = join(project.folder, type);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type, main: 'program.js' }));
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  writeFileSync(join(folder, 'tsconfig.types.json'), TSCONFIG);
  // What such programs do with it is in test/compatibility.
  await passes(tool('typescript', 'bin/tsc'), '-p', join(folder, 'tsconfig.types.json'));
  expect(readFileSync(join(folder, 'program.js'), 'utf8').includes('require(')).toBe(type === 'commonjs');
});

it('serves a program in YAML as its provider plugin, from where npm puts it', async () => {
  const folder = join(project.folder, 'yaml');
  mkdirSync(folder);
  writeFileSync(join(folder, 'Pulumi.yaml'), IN_YAML);
  const stack = await Stack.make({ emulator, program: '', folder });
  try {
    await stack.up();
    expect(emulator.bindings().map(({ link }) => link)).toEqual(['cn-shanghai/media/videos/oss://originals']);
    await stack.succeed('preview', '--expect-no-changes');
    await stack.destroy();
    expect(emulator.isEmpty()).toBe(true);
  } finally {
    stack.remove();
  }
});

it('resolves every text that a state of any version holds as __provider', async () => {
  const program = `
    const texts = JSON.parse(process.argv[1]);
    const load = (text) => {
      const module = { exports: {} };
      new Function('exports', 'require', text)(module.exports, require);
      return module.exports.handler();
    };
    console.log(JSON.stringify(texts.map((text) => Object.keys(load(text)).sort())));`;
  const served = JSON.parse(await project.node('-e', program, JSON.stringify(PROVIDER_TEXTS)));
  const operations = ['check', 'configure', 'create', 'delete', 'diff', 'read', 'update'];
  expect(served).toEqual(PROVIDER_TEXTS.map(() => operations));
});

it('has an emulator that a test can import', async () => {
  const program = `
    const { startEmulator } = require('pulumi-alicloud-media/emulator');
    startEmulator().then(async (emulator) => {
      console.log(emulator.url, emulator.isEmpty());
      await emulator.close();
    });`;
  expect(await project.node('-e', program)).toMatch(/^http:\/\/127\.0\.0\.1:\d+ true$/m);
});

it('has a command line that says what it can do and runs the emulator', async () => {
  const command = join(project.folder, 'node_modules/.bin/pulumi-alicloud-media');
  expect(await project.npm('exec', '--no', '--', 'pulumi-alicloud-media', '--help')).toContain('emulator');

  const child = spawn(command, ['emulator', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const [url] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line) ?? [];
    expect((await fetch(`${url}/_emulator/console`)).ok, line).toBe(true);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  }
});

it.runIf(IS_WIDE)(
  'lets `pulumi install` succeed with the SDK for Node.js, and compiles by the TypeScript 3.8.3 that Pulumi brings',
  async () => {
    const sdk = join(packed.file, '..');
    const { filename } = await packedBy(join(ROOT, 'sdk/nodejs'), '--pack-destination', sdk);
    await project.install(join(sdk, filename));
    project.write('Pulumi.yaml', 'name: tarball-sdk\nruntime: nodejs\n');
    const stack = await Stack.make({
      emulator,
      program: '',
      folder: project.folder,
      environment: { PULUMI_NODEJS_TRANSPILE_ONLY: 'false' },
    });
    try {
      rmSync(join(project.folder, 'index.js'));
      project.write('index.ts', IN_TYPESCRIPT);
      // It looks for the plugin of the SDK in Pulumi's cache, whatever Pulumi.yaml says.
      const plugin = 'node_modules/pulumi-alicloud-media/plugin';
      const version = String(manifest().version);
      await stack.succeed('plugin', 'install', 'resource', 'alicloud-media', version, '--file', plugin);
      await stack.succeed('install');
      expect(existsSync(join(project.folder, 'node_modules/typescript'))).toBe(false);
      const preview = await stack.succeed('preview');
      expect(preview).toMatch(/\+ +alicloud-media:mps:OutputBucket plugin create/);
      expect(preview).toMatch(/\+ +pulumi-nodejs:dynamic\/alicloud-media:OutputBucket dynamic create/);
    } finally {
      stack.remove();
    }
  },
);
