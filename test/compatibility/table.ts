import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PEERS } from '../support/dynamic/dynamic-process.js';

/** Where a program runs, and how it is installed and written. */
export interface Setting {
  readonly node: string;
  readonly pulumi: string;
  readonly manager: ManagerName;
  readonly layout: Layout;
  readonly program: ProgramKind;
  /** The project's own; without one Pulumi compiles by the 3.8.3 that it brings. */
  readonly typescript?: string;
}

export type ManagerName = 'npm' | 'pnpm 10' | 'pnpm 12' | 'yarn 1' | 'yarn 4' | 'bun';
/** `workspace`: the program is a member; `file:`: the dependencies are folders of the project. */
export type Layout = 'plain' | 'workspace' | 'file:';
export type ProgramKind = 'CommonJS' | 'ESM' | 'ts-node' | 'ts-node, ESM' | 'tsx';

export interface Row {
  readonly dimension: string;
  readonly value: string;
  /** What differs from `BASE`. Rows of one setting share its run. */
  readonly setting?: Partial<Setting>;
  /** The system that the row needs, where not any. */
  readonly system?: NodeJS.Platform;
  /** Why nothing can run it here. */
  readonly notRun?: string;
  /** It is run not only by `npm run compatibility`, but also by `npm test`, or by `npm run test:wide`. */
  readonly extent?: 'corners' | 'wide';
}

/** Those that were tried last. */
export const NODES = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.12.1' };
export const PULUMIS = { oldest: peer('oldest'), newest: peer('newest') };
/** What Pulumi brings, and what is known to matter since: ES modules for Node.js, the last 5, the last that Pulumi takes. */
export const BROUGHT = '3.8.3';
export const TYPESCRIPTS = ['4.7.4', '5.9.3', '6.0.3'];
const NEWEST_TYPESCRIPT = '6.0.3';
export const TS_NODE = '10.9.2';
export const TSX = '4.23.15';

export const BASE: Setting = {
  node: NODES[20],
  pulumi: installed(resolve(__dirname, '../..')),
  manager: 'npm',
  layout: 'plain',
  program: 'CommonJS',
};

const MANAGERS: readonly ManagerName[] = ['npm', 'pnpm 10', 'pnpm 12', 'yarn 1', 'yarn 4', 'bun'];
const OLDEST = { pulumi: PULUMIS.oldest, program: 'ts-node' } as const;
/** It asks for Node.js 22. */
const NEWEST = {
  node: NODES[22],
  pulumi: PULUMIS.newest,
  program: 'ts-node',
  typescript: NEWEST_TYPESCRIPT,
} as const;
const OTHER_MACHINE = 'no such machine was there';

export const ROWS: readonly Row[] = [
  { dimension: 'System', value: 'Linux', system: 'linux' },
  { dimension: 'System', value: 'macOS', system: 'darwin' },
  { dimension: 'System', value: 'Windows', system: 'win32' },
  { dimension: 'Node.js', value: '20', extent: 'wide' },
  { dimension: 'Node.js', value: '22', setting: { node: NODES[22] } },
  { dimension: 'Node.js', value: '24', setting: { node: NODES[24] }, extent: 'wide' },
  { dimension: 'Node.js', value: '26', setting: { node: NODES[26] } },
  {
    dimension: 'Other runtimes',
    value: 'Bun, by `runtime: bun`',
    notRun: 'the toolchain of the tests has no `pulumi-language-bun`',
  },
  {
    dimension: '@pulumi/pulumi',
    value: 'lowest, with the TypeScript it brings',
    setting: OLDEST,
    extent: 'corners',
  },
  { dimension: '@pulumi/pulumi', value: 'that of the tests' },
  {
    dimension: '@pulumi/pulumi',
    value: 'highest, with the newest TypeScript it takes',
    setting: NEWEST,
    extent: 'wide',
  },
  ...MANAGERS.map((manager): Row => ({ dimension: 'Package manager', value: manager, setting: { manager } })),
  {
    dimension: 'Package manager',
    value: "yarn 4, Plug'n'Play",
    notRun:
      "Pulumi looks for its SDK in node_modules, which Plug'n'Play does not make: say `nodeLinker: node-modules`",
  },
  ...MANAGERS.map(
    (manager): Row => ({
      dimension: 'Member of a workspace',
      value: manager,
      setting: { manager, layout: 'workspace' },
      ...(manager === 'pnpm 12' && { extent: 'wide' }),
    }),
  ),
  ...MANAGERS.map(
    (manager): Row => ({
      dimension: '`file:` of a folder',
      value: manager,
      // Such a folder brings what it is developed with, another @pulumi/pulumi too.
      setting: { manager, layout: 'file:', pulumi: PULUMIS.oldest },
    }),
  ),
  { dimension: 'Program', value: 'JavaScript, CommonJS' },
  { dimension: 'Program', value: 'JavaScript, ESM', setting: { program: 'ESM' }, extent: 'wide' },
  {
    dimension: 'Program',
    value: 'TypeScript by ts-node, as Pulumi does it',
    setting: { program: 'ts-node' },
  },
  {
    dimension: 'Program',
    value: 'TypeScript by ts-node, ESM',
    setting: { program: 'ts-node, ESM', typescript: NEWEST_TYPESCRIPT },
  },
  {
    dimension: 'Program',
    value: 'TypeScript by tsx',
    setting: { program: 'tsx' },
    extent: 'wide',
  },
  { dimension: 'TypeScript', value: `${BROUGHT}, which Pulumi brings`, setting: { program: 'ts-node' } },
  ...TYPESCRIPTS.map(
    (typescript): Row => ({
      dimension: 'TypeScript',
      value: typescript,
      setting: { program: 'ts-node', typescript },
    }),
  ),
  {
    dimension: 'TypeScript',
    value: '7',
    notRun: 'the peer range of @pulumi/pulumi ends below 7',
  },
];

export function settingOf({ setting }: Row): Setting {
  return { ...BASE, ...setting };
}

/** Why the row cannot be run, as far as that can be told before it is tried. */
export function obstacle({ notRun, system = process.platform }: Row): string | undefined {
  return notRun ?? (system === process.platform ? undefined : OTHER_MACHINE);
}

function peer(name: keyof typeof PEERS): string {
  return JSON.parse(readFileSync(join(PEERS[name], 'package.json'), 'utf8')).dependencies['@pulumi/pulumi'];
}

function installed(root: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules/@pulumi/pulumi/package.json'), 'utf8')).version;
}
