import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { withoutNpm } from '../plugin/language-tools.js';
import { Stack } from '../support/cli/stack.js';
import { Project, type Published } from './project.js';
import { BROUGHT, type Setting } from './table.js';
import { NotHere, nodeFolder } from './tools.js';

/** The versions that took part, as the project and its tools told them. */
export interface Versions {
  readonly node: string;
  readonly pulumi: string;
  /** Where the program is compiled by Pulumi. */
  readonly typescript?: string;
  readonly manager: string;
}

/** Installs the package as the setting says, and brings up, previews and destroys a stack with a link of either host. */
export async function runSetting(setting: Setting, published: Published): Promise<Versions> {
  const nodes = await nodeFolder(setting.node);
  const toolchain = await findToolchainWith(['yaml'], () => {});
  // It hands on the options of `runtime`; a host of the user's own does so without it.
  const host = join(toolchain, 'codegen');
  if (setting.program === 'tsx' && !existsSync(host)) throw new NotHere('the toolchain has no codegen');
  const project = await Project.make(setting, nodes, published);
  const emulator = await startEmulator();
  let stack: Stack | undefined;
  try {
    const { typescript, ...loaded } = await project.loaded(nodes);
    expect(loaded.pulumi).toBe(setting.pulumi);
    const isCompiled = setting.program.startsWith('ts-node');
    if (isCompiled) expect(typescript).toBe(setting.typescript ?? BROUGHT);
    stack = await Stack.make({
      emulator,
      program: '',
      folder: project.folder,
      environment: {
        PATH: [nodes, host, toolchain, withoutNpm(process.env.PATH)].join(delimiter),
        // Types are a part of what is promised.
        PULUMI_NODEJS_TRANSPILE_ONLY: 'false',
        // The compile cache is of the tests, and no user has it.
        NODE_OPTIONS: undefined,
      },
    });
    project.writeProgram(setting);
    await drive(stack, emulator, loaded.node);
    return { ...loaded, ...(isCompiled && { typescript }), manager: project.manager };
  } finally {
    stack?.remove();
    project.remove();
    await emulator.close();
  }
}

async function drive(stack: Stack, emulator: Emulator, node: string): Promise<void> {
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  const up = await stack.up();
  expect(up).toMatch(/status *: "Active"/);
  expect(up).toMatch(/state *: "Running"/);
  expect(up).toMatch(new RegExp(`node *: "${node.replaceAll('.', '\\.')}"`));
  expect(emulator.bindings().map(({ link }) => link)).toEqual(['cn-shanghai/media/videos/oss://originals']);
  expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual(['renditions']);
  expect((await stack.links()).map(({ type }) => type).sort()).toEqual([
    'alicloud-media:mps:OutputBucket',
    'pulumi-nodejs:dynamic/alicloud-media:DatasetBinding',
  ]);
  await stack.succeed('preview', '--expect-no-changes');
  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
}
