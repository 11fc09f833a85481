import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { pack, packedBy } from '../package/installed-project.js';
import { programOf } from './programs.js';
import { type ManagerName, type Setting, TS_NODE, TSX } from './table.js';
import { managerCommand, managerEnvironment } from './tools.js';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const NAMES = ['pulumi-alicloud-media', 'pulumi-alicloud-media-plugin'] as const;
type Name = (typeof NAMES)[number];

/** The package and the SDK of its plugin as they would be published. */
export interface Published {
  readonly tarballs: Readonly<Record<Name, string>>;
  /** What is in each of them, as a folder. */
  readonly folders: Readonly<Record<Name, string>>;
  /** Of yarn 1, which takes a tarball for another one of the same version. */
  readonly cache: string;
  remove(): void;
}

export async function publish(): Promise<Published> {
  const { file, remove } = await pack();
  const folder = dirname(file);
  const sdk = await packedBy(join(ROOT, 'sdk/nodejs'), '--pack-destination', folder);
  const tarballs = {
    'pulumi-alicloud-media': file,
    'pulumi-alicloud-media-plugin': join(folder, sdk.filename),
  };
  const place = (name: Name) => join(folder, 'unpacked', name);
  for (const name of NAMES) {
    mkdirSync(place(name), { recursive: true });
    await extract({ file: tarballs[name], cwd: place(name), strip: 1 });
  }
  const folders = {
    'pulumi-alicloud-media': place('pulumi-alicloud-media'),
    'pulumi-alicloud-media-plugin': place('pulumi-alicloud-media-plugin'),
  };
  return { tarballs, folders, cache: join(folder, 'cache'), remove };
}

/** The files of a package whose installed copy differs. package.json, into which some managers write, is left out. */
function unlike(published: string, installed: string): readonly string[] {
  return readdirSync(published, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== 'package.json' && statSync(join(published, name)).isFile())
    .filter(
      (name) => !existsSync(join(installed, name)) || !same(join(published, name), join(installed, name)),
    );
}

function same(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other));
}

const INSTALL: Readonly<Record<ManagerName, readonly string[]>> = {
  npm: ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  'pnpm 10': ['install', '--prefer-offline', '--ignore-scripts', '--reporter=append-only'],
  'pnpm 12': ['install', '--prefer-offline', '--ignore-scripts', '--reporter=append-only'],
  'yarn 1': ['install', '--prefer-offline', '--ignore-scripts', '--non-interactive', '--no-progress'],
  'yarn 4': ['install'],
  bun: ['install', '--ignore-scripts'],
};

/** A project of a user, outside the checkout, made and installed as a setting says. */
export class Project {
  private constructor(
    private readonly root: string,
    /** Where the program is. */
    readonly folder: string,
    /** The package manager, with its version. */
    readonly manager: string,
  ) {}

  static async make(setting: Setting, nodes: string, published: Published): Promise<Project> {
    const { command, version } = await managerCommand(setting.manager, nodes);
    const root = mkdtempSync(join(tmpdir(), 'compatibility-'));
    try {
      const folder = setting.layout === 'workspace' ? join(root, 'app') : root;
      const [name] = setting.manager.split(' ');
      const project = new Project(root, folder, `${name} ${version}`);
      project.#write(setting, published);
      const [program, ...first] = command;
      await run(program, [...first, ...INSTALL[setting.manager]], {
        cwd: root,
        env: {
          ...(await managerEnvironment(nodes)),
          ...(setting.manager === 'yarn 1' && { YARN_CACHE_FOLDER: published.cache }),
        },
        shell: process.platform === 'win32',
      }).catch((error: { stdout?: string; stderr?: string }) => {
        throw new Error(`${setting.manager} did not install it:\n${error.stdout}${error.stderr}`);
      });
      project.#verify(published);
      project.#writeProject(setting);
      return project;
    } catch (error) {
      rmSync(root, { recursive: true, force: true });
      throw error;
    }
  }

  #write(setting: Setting, published: Published): void {
    const { manifest } = programOf(setting);
    mkdirSync(join(this.root, 'packages'));
    mkdirSync(this.folder, { recursive: true });
    const dependencies: Record<string, string> = { '@pulumi/pulumi': setting.pulumi };
    for (const name of NAMES) dependencies[name] = `file:${this.#place(setting, name, published)}`;
    if (setting.typescript !== undefined) dependencies.typescript = setting.typescript;
    if (setting.typescript !== undefined) dependencies['ts-node'] = TS_NODE;
    if (setting.program === 'tsx') dependencies.tsx = TSX;
    const write = (path: string, content: object) =>
      writeFileSync(join(this.root, path), `${JSON.stringify(content, undefined, 2)}\n`);
    const isMember = this.folder !== this.root;
    if (isMember) write('package.json', { name: 'workspace', private: true, workspaces: ['app'] });
    write(relative(this.root, join(this.folder, 'package.json')), {
      name: 'app',
      version: '1.0.0',
      private: true,
      ...manifest,
      dependencies,
    });
    // JSON is YAML.
    if (setting.manager.startsWith('pnpm'))
      write('pnpm-workspace.yaml', { packages: [isMember ? 'app' : '.'] });
    if (setting.manager === 'yarn 4') write('.yarnrc.yml', { nodeLinker: 'node-modules' });
  }

  /** Writes the program, in place of any other. */
  writeProgram(setting: Setting): void {
    rmSync(join(this.folder, 'index.js'), { force: true });
    for (const [name, text] of Object.entries(programOf(setting).files))
      writeFileSync(join(this.folder, name), text);
  }

  /** Where a package lies in the project, as a tarball or as a folder, seen from the program. */
  #place({ layout }: Setting, name: Name, { tarballs, folders }: Published): string {
    const from = layout === 'file:' ? folders[name] : tarballs[name];
    const place = join(this.root, 'packages', basename(from));
    cpSync(from, place, { recursive: true });
    const path = relative(this.folder, place).replaceAll('\\', '/');
    return path.startsWith('.') ? path : `./${path}`;
  }

  /** That a manager has taken nothing out of a cache that only has the same version. */
  #verify({ folders }: Published): void {
    for (const name of NAMES) {
      const places = [this.folder, this.root].map((folder) => join(folder, 'node_modules', name));
      const differ = unlike(folders[name], places.find((place) => existsSync(place)) ?? '');
      if (differ.length > 0) throw new Error(`${name} was installed with other files: ${differ.join(', ')}`);
    }
  }

  /** Pulumi.yaml names the folder of commands in which the manager has put the plugin. */
  #writeProject(setting: Setting): void {
    const bins = [this.folder, this.root].map((folder) => join(folder, 'node_modules/.bin'));
    const bin = bins.find((folder) => existsSync(join(folder, 'pulumi-resource-alicloud-media')));
    if (bin === undefined) throw new Error(`${setting.manager} has put no plugin into node_modules/.bin`);
    const path = relative(this.folder, bin).replaceAll('\\', '/');
    const plugins = `plugins:\n  providers:\n    - name: alicloud-media\n      path: ${path}\n`;
    writeFileSync(
      join(this.folder, 'Pulumi.yaml'),
      `name: compatibility\n${programOf(setting).runtime}${plugins}`,
    );
  }

  /** What the program loads, told by the `node` of that folder. */
  async loaded(nodes: string): Promise<{ node: string; pulumi: string; typescript: string }> {
    const program = `console.log(JSON.stringify({
      node: process.versions.node,
      pulumi: require('@pulumi/pulumi/package.json').version,
      typescript: require('@pulumi/pulumi/typescript-shim').version,
    }))`;
    const { stdout } = await run(join(nodes, 'node'), ['-e', program], {
      cwd: this.folder,
      env: await managerEnvironment(nodes),
    });
    return JSON.parse(stdout);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
