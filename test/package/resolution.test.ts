import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

const ROOT = resolve(__dirname, '../..');

let emulator: Emulator;
let workspace: string;
let app: string;
let stack: Stack;

/** A workspace as pnpm lays it out: each member finds what it depends on itself, and nothing else. */
beforeAll(async () => {
  emulator = await startEmulator();
  workspace = mkdtempSync(join(tmpdir(), 'alicloud-media-workspace-'));
  app = join(workspace, 'app');
  const library = join(workspace, 'library');
  for (const member of [app, library]) mkdirSync(join(member, 'node_modules/@pulumi'), { recursive: true });
  writeFileSync(
    join(library, 'index.js'),
    `const { mps } = require('pulumi-alicloud-media');
exports.make = (name) => new mps.OutputBucket(name, { bucket: 'renditions-' + name });
`,
  );
  symlinkSync(join(ROOT, 'node_modules/@pulumi/pulumi'), join(app, 'node_modules/@pulumi/pulumi'));
  symlinkSync(library, join(app, 'node_modules/library'));
  symlinkSync(ROOT, join(library, 'node_modules/pulumi-alicloud-media'));
  writeFileSync(join(app, 'package.json'), '{"private":true}\n');
  project('.');
  stack = await Stack.make({ emulator, program: '', folder: app });
});
afterAll(async () => {
  stack?.remove();
  rmSync(workspace, { recursive: true, force: true });
  await emulator.close();
});

function project(main: string): void {
  const runtime = 'runtime:\n  name: nodejs\n  options:\n    typescript: false\n';
  writeFileSync(join(app, 'Pulumi.yaml'), `name: workspace\nmain: ${main}\n${runtime}`);
}

it('says in one line what to add where, when only a library of the program depends on the package', async () => {
  stack.file('index.js', `require('library').make('out');`);
  const text = await stack.fail(['preview']);
  expect(text).toContain(
    "error: mps.OutputBucket 'out': Pulumi's dynamic-provider process, which serves it, cannot find " +
      `pulumi-alicloud-media/output-bucket from ${app}. Add pulumi-alicloud-media to the dependencies of ` +
      `${join(app, 'package.json')}, in the version that the program uses, and install it.`,
  );
  expect(text).not.toMatch(/\n\s+at /);
  expect(text).not.toContain('Cannot find module');
});

it.runIf(IS_WIDE)(
  'finds the package from the folder of `main` upwards, and from the project where a program has left that folder',
  async () => {
    symlinkSync(ROOT, join(app, 'node_modules/pulumi-alicloud-media'));
    mkdirSync(join(app, 'program/dist'), { recursive: true });
    stack.file(
      'program/dist/index.js',
      `require('library').make('out');
process.chdir('/');
for (const file of Object.keys(require.cache)) if (!file.includes('node_modules')) delete require.cache[file];
require('library').make('another');
`,
    );
    project('program/dist');
    // The language host that the tests build is too old to tell it.
    const { code, text } = await stack.run(['preview'], { PULUMI_NODEJS_ROOT_DIRECTORY: app });
    expect(code, text).toBe(0);
    expect(text).toMatch(/OutputBucket out create/);
    expect(text).toMatch(/OutputBucket another create/);
  },
);
