import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { filesOf, nodeSdkOf } from '../../scripts/generate/sdk.js';
import { pythonWith } from '../python.js';
import { examplesIn, ROOT, SCHEMA, Scratch, sdkGenerator } from './sdk.js';

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

  it('compiles, types the examples, and asks for this version of the plugin', async () => {
    const tsc = (...args: string[]) =>
      scratch.run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args]);
    const installed = 'node_modules/pulumi-alicloud-media-plugin';
    scratch.link(join(ROOT, 'node_modules/@pulumi'), 'node_modules/@pulumi');
    scratch.link(join(ROOT, 'node_modules/@types'), 'node_modules/@types');
    await tsc('-p', join(ROOT, 'sdk/nodejs'), '--outDir', scratch.path(installed, 'bin'));
    cpSync(join(ROOT, 'sdk/nodejs/package.json'), scratch.path(installed, 'package.json'));

    const examples = examplesIn('typescript').map((text, index) => scratch.write(`example${index}.ts`, text));
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
    await tsc(...strict, '--types', 'node', ...examples);

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

it('the SDK for Python compiles, is imported, and takes the examples', async (context) => {
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

it('the SDK for Go compiles with the examples', async (context) => {
  await scratch.run(await generator(context), [SCHEMA, scratch.folder, 'go']);
  const module = 'pulumi-alicloud-media.invalid/sdk/go/alicloudmedia';
  const pinned = join(ROOT, 'scripts/toolchain-go/sdk-gen');
  const text = readFileSync(join(pinned, 'go.mod'), 'utf8');
  writeFileSync(scratch.path('go/go.mod'), text.replace(/^module .*$/m, `module ${module}`));
  cpSync(join(pinned, 'go.sum'), scratch.path('go/go.sum'));
  // As no program: each would be linked.
  for (const [index, example] of examplesIn('go').entries())
    scratch.write(`go/example${index}/main.go`, example.replace('package main', `package example${index}`));
  const env = { GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' };
  await scratch.run('go', ['build', '-C', 'go', './...'], env);
  expect(existsSync(scratch.path('go/imm/datasetBinding.go'))).toBe(true);
});
