import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import ts from 'typescript';
import type { Version } from './versions.js';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const SCRATCH = join(ROOT, '.test');
const SDK = 'sdk/nodejs';
const RUNTIME = 'runtime:\n  name: nodejs\n  options:\n    typescript: false\n';

const git = (...args: string[]) => run('git', args, { cwd: ROOT, timeout: 60_000 });

/**
 * Where git has the commit: this checkout, or, where its history is cut off, a scratch repository with that one commit from
 * where the checkout came.
 */
async function repositoryWith(commit: string): Promise<string> {
  const has = (folder: string) =>
    git('-C', folder, 'cat-file', '-e', `${commit}^{commit}`).then(
      () => true,
      () => false,
    );
  if (await has(ROOT)) return ROOT;
  const scratch = join(SCRATCH, 'history.git');
  if (existsSync(scratch) && (await has(scratch))) return scratch;
  const { stdout } = await git('config', '--get', 'remote.origin.url');
  await git('init', '--quiet', '--bare', scratch);
  await git(`--git-dir=${scratch}`, 'fetch', '--quiet', '--depth=1', stdout.trim(), commit);
  return scratch;
}

/** Why the code of a version cannot be had in this checkout; undefined where it can. */
export async function whyNoCode({ name, commit }: Version): Promise<string | undefined> {
  return repositoryWith(commit).then(
    () => undefined,
    () => `not run: neither this checkout nor its origin has the commit ${commit.slice(0, 7)} of ${name}`,
  );
}

/** A project that has a version of the package and of its SDK as they were, or those of the checkout, in turn. */
export class VersionedProject {
  private constructor(readonly folder: string) {}

  static async make({ commit, hosts }: Version): Promise<VersionedProject> {
    mkdirSync(SCRATCH, { recursive: true });
    // What it depends on is found above: the libraries of the checkout.
    const project = new VersionedProject(mkdtempSync(join(SCRATCH, 'version-')));
    writeFileSync(join(project.folder, 'package.json'), '{"private":true}\n');
    await project.#build(commit, hosts.includes('plugin'));
    project.use('checkout');
    return project;
  }

  get #before(): string {
    return join(this.folder, 'before');
  }

  async #build(commit: string, hasPlugin: boolean): Promise<void> {
    const repository = await repositoryWith(commit);
    const sources = join(this.folder, 'sources');
    mkdirSync(sources);
    const archive = join(this.folder, 'sources.tar');
    const paths = ['provider', 'package.json', ...(hasPlugin ? [SDK] : [])];
    await git('-C', repository, 'archive', '--output', archive, commit, ...paths);
    await extract({ file: archive, cwd: sources });
    const place = join(this.#before, 'pulumi-alicloud-media');
    compile(join(sources, 'provider'), join(place, 'dist/provider'));
    for (const file of ['package.json', 'provider/schema.json'])
      if (existsSync(join(sources, file))) cpSync(join(sources, file), join(place, file));
    launcher(place);
    if (!hasPlugin) return;
    const sdk = join(this.#before, 'pulumi-alicloud-media-plugin');
    compile(join(sources, SDK), join(sdk, 'bin'));
    for (const folder of [sdk, join(sdk, 'bin')])
      cpSync(join(sources, SDK, 'package.json'), join(folder, 'package.json'));
  }

  /** Has the next command run with the code of the version, or with that of the checkout. */
  use(which: 'version' | 'checkout'): void {
    const modules = join(this.folder, 'node_modules');
    rmSync(modules, { force: true });
    if (which === 'version') symlinkSync(this.#before, modules, 'junction');
    const path = which === 'version' ? 'node_modules/pulumi-alicloud-media/bin' : '../../bin';
    writeFileSync(
      join(this.folder, 'Pulumi.yaml'),
      `name: lifecycle\n${RUNTIME}plugins:\n  providers:\n    - name: alicloud-media\n      path: ${path}\n`,
    );
  }
}

/** File by file, as the compiler writes them; of their types nobody need be told again. */
function compile(from: string, to: string): void {
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => /(?<!\.d)\.ts$/.test(each))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), { compilerOptions });
    const file = join(to, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
}

/** The plugin of the files, where a version that is published has a bundle. */
function launcher(place: string): void {
  const file = join(place, 'bin/pulumi-resource-alicloud-media');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "#!/usr/bin/env node\nrequire('../dist/provider/hosts/plugin/main.js');\n");
  chmodSync(file, 0o755);
}
