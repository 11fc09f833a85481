import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dropAccounts } from '../../scripts/environment.js';
import { cacheFolder, makeOnce } from '../../scripts/toolchain/cache.js';
import { BASE, type ManagerName } from './table.js';

const run = promisify(execFile);
const HERE = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const OF_BUN = process.platform === 'win32' ? 'windows' : process.platform;
const END = process.platform === 'win32' ? '.exe' : '';

/** A tool cannot be had on this machine: no fault of the package. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

interface Tool {
  /** In the registry of npm. */
  readonly name: string;
  readonly version: string;
  /** What is run, in the package. */
  readonly file: string;
}

const TOOLS: Readonly<Record<Exclude<ManagerName, 'npm'>, Tool>> = {
  'pnpm 10': { name: 'pnpm', version: '10.34.9', file: 'bin/pnpm.cjs' },
  'pnpm 12': { name: `@pnpm/exe.${HERE.replace('win-', 'win32-')}`, version: '12.21.0', file: `pnpm${END}` },
  'yarn 1': { name: 'yarn', version: '1.22.22', file: 'bin/yarn.js' },
  'yarn 4': { name: '@yarnpkg/cli-dist', version: '4.18.1', file: 'bin/yarn.js' },
  bun: { name: `@oven/bun-${OF_BUN}-${process.arch}`, version: '1.4.5', file: `bin/bun${END}` },
};

/** The folder of a `node` of this version. */
export async function nodeFolder(version: string): Promise<string> {
  const [major] = version.split('.');
  // The base is that on which the tests themselves run, where they can.
  const isOurs = process.versions.node === version;
  const isBase = version === BASE.node && process.versions.node.split('.')[0] === major;
  if (isOurs || isBase) return dirname(process.execPath);
  return dirname(await fetched({ name: `node-${HERE}`, version, file: `bin/node${END}` }));
}

/** How a package manager is called, by the `node` of that folder, and which it is. */
export async function managerCommand(
  manager: ManagerName,
  nodes: string,
): Promise<{ command: readonly [string, ...string[]]; version: string }> {
  if (manager === 'npm') {
    const { stdout } = await run('npm', ['--version'], { shell: process.platform === 'win32' });
    return { command: ['npm'], version: stdout.trim() };
  }
  const tool = TOOLS[manager];
  const file = await fetched(tool);
  const command = /\.[cm]?js$/.test(file) ? ([join(nodes, `node${END}`), file] as const) : ([file] as const);
  return { command: [...command], version: tool.version };
}

/** The file of a tool, which is fetched once and kept outside the checkout. */
async function fetched({ name, version, file }: Tool): Promise<string> {
  // Not by HOME, which is a scratch folder while `npm test` runs.
  const cache = dirname(cacheFolder({ ...process.env, HOME: userInfo().homedir }));
  const folder = join(cache, 'compatibility', `${name.replace('/', '-')}-${version}`);
  const place = join('node_modules', name, file);
  try {
    await makeOnce(
      folder,
      async (made) => existsSync(join(made, place)),
      async (draft) => {
        mkdirSync(draft, { recursive: true });
        writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
        const quick = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
        await run('npm', ['install', ...quick, `${name}@${version}`], {
          cwd: draft,
          env: outerless(),
          shell: process.platform === 'win32',
        });
      },
    );
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(1);
    throw new NotHere(`${name} ${version} could not be fetched from the registry: ${first}`);
  }
  return join(folder, place);
}

let registry: Promise<string> | undefined;

/** Each manager asks the registry that npm asks here, in its own words. */
export async function managerEnvironment(nodes: string): Promise<NodeJS.ProcessEnv> {
  registry ??= run('npm', ['config', 'get', 'registry'], { shell: process.platform === 'win32' }).then(
    ({ stdout }) => stdout.trim(),
  );
  const url = await registry;
  return {
    ...outerless(),
    PATH: [nodes, process.env.PATH].join(delimiter),
    // A lock file is new in each of these projects.
    CI: '',
    npm_config_registry: url,
    YARN_NPM_REGISTRY_SERVER: url,
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_ENABLE_SCRIPTS: 'false',
    BUN_CONFIG_REGISTRY: url,
  };
}

/** Without what an outer npm tells its scripts: another manager would act on the outer project. */
function outerless(): NodeJS.ProcessEnv {
  const own = Object.entries(dropAccounts(process.env)).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix|execpath|node_execpath)/.test(name),
  );
  return { ...Object.fromEntries(own), NODE_OPTIONS: undefined };
}
