import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PythonPackages {
  /** Of the cache; named for what is in it. */
  readonly folder: string;
  /** As pip takes them. */
  readonly packages: readonly string[];
  /** Modules that are there where the installation was completed. */
  readonly modules: readonly string[];
}

/** A Python that has these packages, or why there is none. It is made once and kept outside the checkout. */
export async function pythonWith(wanted: PythonPackages): Promise<{ python: string } | { missing: string }> {
  // Not by HOME, which is a scratch folder while `npm test` runs.
  const home = userInfo().homedir;
  const cache = join(process.env.XDG_CACHE_HOME ?? join(home, '.cache'), 'pulumi-alicloud-media');
  const folder = join(cache, wanted.folder);
  const python = join(folder, 'bin', 'python');
  try {
    if (existsSync(python) && (await has(python, wanted.modules))) return { python };
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', ...wanted.packages]);
    return { python };
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

async function has(python: string, modules: readonly string[]): Promise<boolean> {
  try {
    await run(python, ['-c', `import ${modules.join(', ')}`]);
    return true;
  } catch {
    return false;
  }
}
