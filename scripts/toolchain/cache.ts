import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const day = 24 * 60 * 60 * 1000;

/** The folder outside the clone that keeps toolchains between runs and between clones. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  return join(userCache(env, platform), 'pulumi-alicloud-media', 'toolchain');
}

function userCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  const home = env.HOME || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  return join(home, '.cache');
}

/**
 * Returns `folder`, made by `make` unless it is there and `isComplete`.
 * It is made beside its place and renamed into it, so that a killed run leaves nothing that looks finished and two
 * runs at once cannot mix their files: the first to finish wins, the other takes the winner's.
 */
export async function makeOnce(
  folder: string,
  isComplete: (folder: string) => Promise<boolean>,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) {
    if (await isComplete(folder)) return folder;
    await rm(folder, { recursive: true, force: true });
  }
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const draft = await mkdtemp(join(parent, '.making-'));
  try {
    await make(draft);
    if (!(await isComplete(draft))) throw new Error('what was made does not run or lacks a file');
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!existsSync(folder) || !(await isComplete(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Drafts of killed runs; a day is longer than any run that still works on one. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('.making-')) continue;
    const path = join(parent, name);
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > day) await rm(path, { recursive: true, force: true });
  }
}
