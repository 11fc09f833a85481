import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { type Run, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { caches } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');
/** As docs/guides/plugin.md names them, below a project that npm installed. */
const PLUGIN = './node_modules/pulumi-alicloud-media/plugin';
const PROGRAM = `name: package
runtime: yaml
resources:
  renditions:
    type: alicloud-media:mps:OutputBucket
    properties: { bucket: renditions }
`;

let emulator: Emulator;
let stack: Stack;
beforeEach(async () => {
  emulator = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), 'package-folder-'));
  cpSync(join(ROOT, 'plugin'), join(folder, PLUGIN), {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules') || path === join(ROOT, 'plugin'),
  });
  writeFileSync(join(folder, 'Pulumi.yaml'), PROGRAM);
  stack = await Stack.make({
    emulator,
    program: '',
    folder,
    environment: {
      ...caches(),
      // The registry of Pulumi is not asked whether it knows the name.
      PULUMI_DISABLE_REGISTRY_RESOLVE: 'true',
    },
  });
  rmSync(join(folder, 'index.js'));
});
afterEach(async () => {
  stack.remove();
  await emulator.close();
});

const project = () => readFileSync(join(stack.folder, 'Pulumi.yaml'), 'utf8');

async function comesUpAndGoes(): Promise<void> {
  await stack.up();
  expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual(['renditions']);
  await stack.succeed('preview', '--expect-no-changes');
  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
}

it.runIf(IS_WIDE)(
  '`pulumi package add` takes the folder with PulumiPlugin.yaml, `pulumi install` takes what it wrote, and the program comes up',
  async ({ skip }) => {
    // Where the toolchain has it, a host that can run a plugin.
    const toolchain = await findToolchainWith(['yaml'], () => {});
    stack.environment.PATH = [join(toolchain, 'codegen'), stack.environment.PATH].join(delimiter);
    const added: Run = await stack.run(['package', 'add', `${PLUGIN}/package`]);
    if (added.text.includes('not supported')) skip('the language host for Node.js runs no plugins');
    expect(added.code, added.text).toBe(0);
    expect(project()).toContain(`alicloud-media: ${PLUGIN}/package`);
    await stack.succeed('install');
    await comesUpAndGoes();
  },
  240_000,
);

it('a program with the folder under `packages` runs on a language host that runs no plugins, by the launcher in it', async () => {
  stack.file('Pulumi.yaml', `${PROGRAM}packages:\n  alicloud-media: ${PLUGIN}/package\n`);
  await comesUpAndGoes();
});

it('`pulumi package add` takes the launcher, and the plugin by its name once it is in the cache', async () => {
  await stack.succeed('package', 'add', `${PLUGIN}/pulumi-resource-alicloud-media`);
  expect(project()).toContain('alicloud-media: alicloud-media@0.1.0');
  // The CLI copies a folder wrongly where its path begins with `./`.
  const folder = PLUGIN.replace('./', '');
  await stack.succeed('plugin', 'install', 'resource', 'alicloud-media', '0.1.0', '--file', folder);
  stack.file('Pulumi.yaml', PROGRAM);
  await stack.succeed('package', 'add', 'alicloud-media');
  expect(project()).toContain('alicloud-media: alicloud-media@0.1.0');
  await stack.succeed('install');
  await comesUpAndGoes();
});
