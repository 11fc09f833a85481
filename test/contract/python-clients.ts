import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PACKAGES = ['alibabacloud-imm20200930', 'alibabacloud-mts20140618'];

/** A Python that has the official clients, or why there is none. It is made once and kept outside the checkout. */
export async function pythonWithClients(): Promise<{ python: string } | { missing: string }> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pulumi-alicloud-media');
  const folder = join(cache, 'python-imm20200930-mts20140618');
  const python = join(folder, 'bin', 'python');
  try {
    if (existsSync(python) && (await hasClients(python))) return { python };
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
    return { python };
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

async function hasClients(python: string): Promise<boolean> {
  try {
    await run(python, ['-c', 'import alibabacloud_imm20200930.client, alibabacloud_mts20140618.client']);
    return true;
  } catch {
    return false;
  }
}
