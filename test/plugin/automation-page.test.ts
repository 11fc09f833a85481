import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { IS_WIDE } from '../support/extent.js';
import { withoutNpm } from './language-tools.js';
import { pythonOfLanguages } from './languages.js';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guides/automation-api.md'), 'utf8');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

let emulator: Emulator;
let folder: string;
let environment: NodeJS.ProcessEnv;
/** The folder of the project, from which the packages are found. */
let project: string;
/** From where nothing of the checkout is found. */
let elsewhere: string;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  mkdirSync(join(ROOT, '.test'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.test/automation-page-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'automation-page-'));
});
beforeEach(async () => {
  const world = mkdtempSync(join(folder, 'world-'));
  project = join(world, 'project');
  for (const each of [join(project, 'node_modules'), join(world, 'tmp')])
    mkdirSync(each, { recursive: true });
  const toolchain = await findToolchainWith(['yaml'], () => {});
  const made = makeEnvironment({ folder: world, toolchain, url: emulator.url });
  // The API leaves the folders that it makes.
  environment = { ...made, PATH: withoutNpm(made.PATH), TMPDIR: join(world, 'tmp') };
});
afterAll(async () => {
  for (const each of [folder, elsewhere]) rmSync(each, { recursive: true, force: true });
  await emulator.close();
});

function section(title: string): string {
  const [, text = ''] = new RegExp(`^#+ ${title}\n([\\s\\S]*?)(?=^##|(?![\\s\\S]))`, 'm').exec(PAGE) ?? [];
  return text;
}

/** The first block of its kind. */
function block(kind: string, text: string): string {
  const [, found = ''] = new RegExp(`^\`\`\`${kind}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  expect(found).not.toBe('');
  return found;
}

const run = async (command: string, ...args: string[]): Promise<string> => {
  const options = { cwd: elsewhere, env: environment, timeout: 120_000 };
  const { stdout } = await promisify(execFile)(command, args, options);
  return stdout;
};

const NODE = section('Node.js');
const PRINTED = block('console', NODE);
const write = (name: string, text: string) => writeFileSync(join(project, name), text);
const installed = (name: string) => join(project, 'node_modules', name);

function nodeProject(pulumiYaml: string, program: string): void {
  write('Pulumi.yaml', pulumiYaml);
  write('index.js', program);
}
const inNode = () => run(process.execPath, join(project, 'index.js'));
const withSdk = (program: string) =>
  program.replace("'pulumi-alicloud-media'", "'pulumi-alicloud-media-plugin'");

it('docs/guides/automation-api.md: the dynamic resources work from any folder with a Pulumi.yaml', async () => {
  nodeProject(block('yaml', NODE), block('js', NODE));
  expect(await inNode()).toBe(PRINTED);
  expect(emulator.bindings()).toEqual([]);
});

it.runIf(IS_WIDE)(
  'docs/guides/automation-api.md: the dynamic resources work from any folder with `main`',
  async () => {
    const [settings = ''] = /projectSettings: \{.*?\}/.exec(NODE) ?? [];
    const named = block('js', NODE).replace('workDir: __dirname', settings);
    expect(named).toContain('main: __dirname');
    write('index.js', named);
    expect(await inNode()).toBe(PRINTED);
  },
);

it.each(IS_WIDE ? ['', 'workDir: __dirname'] : ['workDir: __dirname'])(
  'docs/guides/automation-api.md: with {%s} alone the dynamic resources are not found, and the error is that of the page',
  async (options) => {
    write('index.js', block('js', NODE).replace('workDir: __dirname', options));
    const [error = ''] = /Cannot find module '[^']+'/.exec(NODE) ?? [];
    await expect(inNode()).rejects.toThrow(error);
    expect(emulator.bindings()).toEqual([]);
  },
);

it('docs/guides/automation-api.md: the plugin is found by a Pulumi.yaml, and not without', async () => {
  const text = section('With the plugin');
  // As npm links what it installs.
  symlinkSync(join(ROOT, 'plugin'), installed('.bin'));
  const program = withSdk(block('js', NODE));
  nodeProject(block('yaml', text), program);
  expect(await inNode()).toBe(PRINTED);

  write('Pulumi.yaml', block('yaml', NODE));
  const [error = ''] = /no resource plugin '[^']+' found in the workspace/.exec(text) ?? [];
  await expect(inNode()).rejects.toThrow(error);
});

it('docs/guides/automation-api.md: a program in Python needs the plugin in the cache, and its SDK', async ({
  skip,
}) => {
  const found = await pythonOfLanguages();
  if ('missing' in found) return skip(found.missing);
  const bin = dirname(found.python);
  const site = join(project, 'site');
  await run(
    'pulumi',
    'plugin',
    'install',
    'resource',
    'alicloud-media',
    version,
    '--file',
    join(ROOT, 'plugin'),
  );
  await run('pulumi', 'package', 'gen-sdk', 'alicloud-media', '--language', 'python', '--out', project);
  const how = ['--quiet', '--no-deps', '--no-build-isolation', '--target', site];
  await run(found.python, '-m', 'pip', 'install', ...how, join(project, 'python'));
  environment = { ...environment, PATH: [bin, environment.PATH].join(delimiter), PYTHONPATH: site };
  const text = section('Python');
  write('program.py', block('python', text));
  expect(await run(found.python, join(project, 'program.py'))).toBe(block('console', text));
  expect(emulator.bindings()).toEqual([]);
});
