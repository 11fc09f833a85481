import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext, vi } from 'vitest';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { overviewPrograms } from '../../scripts/generate/overview-program.js';
import { filesOf, generatedIn, goSdkOf, nodeSdkOf } from '../../scripts/generate/sdk.js';
import { PUBLICATION } from '../../scripts/publication.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { pythonWith } from '../support/cli/python.js';
import { IS_WIDE } from '../support/extent.js';
import { missingIn } from './language-tools.js';
import { examplesIn, ROOT, SCHEMA, Scratch, sdkGenerator } from './sdk.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

/** The generator, or undefined where the test is left out. */
async function generator(context: TestContext): Promise<string> {
  const found = await sdkGenerator();
  return 'missing' in found ? context.skip(found.missing) : found.generator;
}

describe('the SDK for Node.js', () => {
  it('is the one that the schema makes', async (context) => {
    const made = nodeSdkOf(await generator(context), SCHEMA);
    expect(filesOf(join(ROOT, 'sdk/nodejs')), 'run `npm run generate`').toEqual(made);
  });

  it.runIf(IS_WIDE)('compiles, types the examples, and asks for this version of the plugin', async () => {
    const tsc = (...args: string[]) =>
      scratch.run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args]);
    const installed = 'node_modules/pulumi-alicloud-media-plugin';
    scratch.link(join(ROOT, 'node_modules/@pulumi'), 'node_modules/@pulumi');
    scratch.link(join(ROOT, 'node_modules/@types'), 'node_modules/@types');
    await tsc('-p', join(ROOT, 'sdk/nodejs'), '--outDir', scratch.path(installed, 'bin'));
    cpSync(join(ROOT, 'sdk/nodejs/package.json'), scratch.path(installed, 'package.json'));

    const examples = examplesIn('typescript').map((text, index) => scratch.write(`example${index}.ts`, text));
    const overview = scratch.write('overview.ts', overviewPrograms().typescript);
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
    await tsc(...strict, '--types', 'node', overview, ...examples);

    scratch.write('run.js', PROGRAM);
    const registered = JSON.parse(await scratch.run(process.execPath, ['run.js'])) as object;
    expect(registered).toEqual(
      TYPES.map((type) => ({ type, version: VERSION, alias: type.replace(/^.*:/, '') })),
    );
  });
});

const TYPES = LIFECYCLES.map(({ description }) => pluginType(description)).sort();

/** The examples, with an ear on what they register. */
const PROGRAM = `
const pulumi = require('@pulumi/pulumi');
pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
const seen = [];
const monitor = pulumi.runtime.getMonitor();
const register = monitor.registerResource.bind(monitor);
monitor.registerResource = (request, answer) => {
  const [alias] = request.getAliasesList();
  seen.push({
    type: request.getType(),
    version: request.getVersion(),
    alias: alias?.getSpec().getType().replace('pulumi-nodejs:dynamic/alicloud-media:', ''),
  });
  register(request, answer);
};
for (const file of require('node:fs').readdirSync(__dirname)) {
  if (/^example\\d+\\.js$/.test(file)) require('./' + file);
}
pulumi.runtime.disconnect().then(() => {
  seen.sort((a, b) => a.type.localeCompare(b.type));
  console.log(JSON.stringify(seen));
});
`;

it.runIf(IS_WIDE)('the SDK for Python compiles, is imported, and takes the examples', async (context) => {
  await scratch.run(await generator(context), [SCHEMA, scratch.folder, 'python']);
  const found = await pythonWith({
    folder: 'python-pulumi',
    packages: ['pulumi>=3.231,<4', 'parver'],
    modules: ['pulumi', 'parver'],
  });
  if ('missing' in found) return context.skip(`no Python with pulumi: ${found.missing}`);
  const { python } = found;
  await scratch.run(python, ['-m', 'compileall', '-q', 'python']);
  // The generated code asks for its version as an installed package.
  const metadata = `Metadata-Version: 2.1\nName: pulumi_alicloud_media\nVersion: ${VERSION}\n`;
  scratch.write(`python/pulumi_alicloud_media-${VERSION}.dist-info/METADATA`, metadata);
  const examples = examplesIn('python').map((text, index) => scratch.write(`example${index}.py`, text));
  scratch.write('run.py', PYTHON_PROGRAM);
  const printed = await scratch.run(python, ['run.py', ...examples], { PYTHONPATH: scratch.path('python') });
  expect(printed.trim().split('\n')).toEqual(TYPES.map((type) => `${type} ${VERSION}`));
});

const PYTHON_PROGRAM = `
import runpy, sys
import pulumi
import pulumi_alicloud_media._utilities as utilities


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        seen.append(args.typ + " " + utilities.get_version())
        return [args.name, args.inputs]

    def call(self, args):
        return {"state": "Running"}


seen = []
pulumi.runtime.set_mocks(Mocks(), preview=False)


@pulumi.runtime.test
def main():
    for path in sys.argv[1:]:
        runpy.run_path(path)


main()
# In the order in which their threads came to it.
print("\\n".join(sorted(seen)))
`;

it('the Go module in the repository is the one that the schema makes', async (context) => {
  const made = goSdkOf(await generator(context), SCHEMA);
  const folder = join(ROOT, 'sdk/go');
  expect(generatedIn(folder), 'run `npm run generate`').toEqual(made);
  expect(readFileSync(join(folder, 'go.mod'), 'utf8')).toContain(`module ${PUBLICATION.go.module}\n`);
  const plugin = JSON.parse(made[`${PUBLICATION.go.package}/pulumi-plugin.json`] ?? '{}') as object;
  expect(plugin).toMatchObject({ version: VERSION, server: PUBLICATION.pluginDownloadURL });
});

it.runIf(IS_WIDE)('the Go module in the repository builds with the versions it names', async (context) => {
  await generator(context);
  const folder = join(ROOT, 'sdk/go');
  await scratch.run('go', ['build', '-C', folder, './...'], { GOFLAGS: '-mod=readonly', GOWORK: 'off' });
});

it.runIf(IS_WIDE)('the SDK for Java compiles with the examples', async ({ skip }) => {
  const toolchain = await findToolchainWith(['yaml'], () => {});
  const missing = missingIn(toolchain, 'pulumi-language-java', 'mvn');
  if (missing !== undefined) skip(missing);
  const PATH = [toolchain, process.env.PATH].join(delimiter);
  const how = ['--language', 'java', '--out', scratch.folder];
  await scratch.run(join(toolchain, 'pulumi'), ['package', 'gen-sdk', SCHEMA, ...how], { PATH });
  cpSync(scratch.path('java/src'), scratch.path('sdks/alicloud-media/src'), { recursive: true });
  cpSync(join(ROOT, 'examples/plugin-java/pom.xml'), scratch.path('pom.xml'));
  for (const [index, example] of [...examplesIn('java'), overviewPrograms().java].entries())
    scratch.write(
      `src/main/java/example${index}/App.java`,
      example.replace(/^package .*$/m, `package example${index};`),
    );
  await scratch.run('mvn', ['--quiet', '--batch-mode', 'compile']);
  expect(existsSync(scratch.path('target/classes/example0/App.class'))).toBe(true);
});

it.runIf(IS_WIDE)('the SDK for Go compiles with the examples', async (context) => {
  await scratch.run(await generator(context), [SCHEMA, scratch.folder, 'go']);
  const { module, package: folder } = PUBLICATION.go;
  const pinned = join(ROOT, 'scripts/toolchain-go/sdk-gen');
  const text = readFileSync(join(pinned, 'go.mod'), 'utf8');
  // As `pulumi package add` writes it: the module is the folder above the package.
  writeFileSync(scratch.path('go/go.mod'), text.replace(/^module .*$/m, `module ${module}`));
  cpSync(join(pinned, 'go.sum'), scratch.path('go/go.sum'));
  // As no program: each would be linked.
  for (const [index, example] of [...examplesIn('go'), overviewPrograms().go].entries())
    scratch.write(`go/example${index}/main.go`, example.replace('package main', `package example${index}`));
  const env = { GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' };
  await scratch.run('go', ['vet', '-C', 'go', './example...'], env);
  await scratch.run('go', ['build', '-C', 'go', './...'], env);
  expect(existsSync(scratch.path('go', folder, 'imm/datasetBinding.go'))).toBe(true);
});
