import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { dropAccounts } from '../../scripts/environment.js';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** What is fetched already is not asked for again, and no package runs a script of its own. */
export const QUICK = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** The paths in it. */
  readonly paths: readonly string[];
  remove(): void;
}

/** The package as `npm publish` would send it. It is not built again: what is in dist/ goes into it. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'alicloud-media-tarball-'));
  const { filename, paths } = await packedBy(ROOT, '--pack-destination', folder);
  return {
    file: join(folder, filename),
    paths,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What npm packs, or would pack with `--dry-run`. */
export async function packedBy(
  folder: string,
  ...args: string[]
): Promise<{ filename: string; paths: string[] }> {
  const answer = await npm(folder, 'pack', '--json', '--ignore-scripts', ...args);
  const [packed] = JSON.parse(answer) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error('npm packed nothing');
  return { filename: packed.filename, paths: packed.files.map(({ path }) => path).sort() };
}

/** A project outside the checkout, so that nothing of the checkout's node_modules can be found from it. */
export class InstalledProject {
  private constructor(readonly folder: string) {}

  static async make(packed: Packed): Promise<InstalledProject> {
    const project = new InstalledProject(mkdtempSync(join(tmpdir(), 'alicloud-media-project-')));
    writeFileSync(join(project.folder, 'package.json'), '{"name":"media","private":true}\n');
    await project.npm('install', ...QUICK, packed.file, `@pulumi/pulumi@${developedOn()}`);
    return project;
  }

  npm(...args: string[]): Promise<string> {
    return npm(this.folder, ...args);
  }

  uninstall(name: string): Promise<string> {
    return this.npm('uninstall', ...QUICK, name);
  }

  install(file: string): Promise<string> {
    return this.npm('install', ...QUICK, file);
  }

  /** Runs Node in the project. */
  async node(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, args, { cwd: this.folder, env: environment() });
    return stdout;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The version of the checkout: any other would have to be fetched. */
function developedOn(): string {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules/@pulumi/pulumi/package.json'), 'utf8')).version;
}

async function npm(folder: string, ...args: string[]): Promise<string> {
  return (await npmSays(folder, ...args)).stdout;
}

/** What npm prints, its remarks in `stderr`. */
export function npmSays(folder: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run('npm', args, { cwd: folder, env: environment(), shell: process.platform === 'win32' });
}

/** Without what an outer npm tells its scripts: it would act on the outer project. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(dropAccounts(process.env)).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  return Object.fromEntries(own);
}
