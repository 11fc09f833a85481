import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dropAccounts } from '../environment.js';
import { makeOnce } from './cache.js';
import { runCommand } from './command.js';
import { isToolchain } from './version.js';
import type { Say, Way } from './way.js';

const stalledAfter = 30_000;
const longest = 15 * 60_000;

// Run in a process of its own: PulumiCommand.install has no time limit and cannot be cancelled.
const installer = `
  const { PulumiCommand } = require('@pulumi/pulumi/automation');
  PulumiCommand.install({ root: process.argv[1] }).catch((error) => {
    console.error(String(error.message ?? error).split('\\n').slice(0, 3).join(' '));
    process.exit(1);
  });`;

/** The official package, in the version of the @pulumi/pulumi that is installed here. */
export const download: Way = {
  name: 'download',
  title: 'the official download',
  async kept({ cache, say }) {
    const folder = folderIn(cache);
    if (!(await isComplete(folder))) return undefined;
    say(`toolchain: the official pulumi v${sdkVersion()}, downloaded before`);
    return join(folder, 'bin');
  },
  async find({ cache, env, say }) {
    const folder = await makeOnce(folderIn(cache), isComplete, (draft) => install(draft, env, say));
    say(`toolchain: the official pulumi v${sdkVersion()}`);
    return join(folder, 'bin');
  },
};

function folderIn(cache: string): string {
  return join(cache, `download-${sdkVersion()}-${process.platform}-${process.arch}`);
}

function isComplete(folder: string): Promise<boolean> {
  return isToolchain(join(folder, 'bin'));
}

function sdkVersion(): string {
  const { version }: { version: string } = createRequire(__filename)('@pulumi/pulumi/package.json');
  return version;
}

async function install(draft: string, env: NodeJS.ProcessEnv, say: Say): Promise<void> {
  say(
    `toolchain: trying the official download of pulumi v${sdkVersion()} (given up after 30 s without a byte)`,
  );
  const temporary = join(draft, 'tmp');
  await mkdir(temporary);
  let bytes = 0;
  let grewAt = 0;
  let saidAt = 0;
  const result = await runCommand(process.execPath, ['-e', installer, draft], {
    cwd: __dirname,
    // The installer's script keeps the archive in TMPDIR, so its growth shows whether anything arrives.
    env: { ...dropAccounts(env), TMPDIR: temporary },
    giveUp: async (elapsed) => {
      const now = await sizeOf(draft);
      if (now > bytes) grewAt = elapsed;
      bytes = now;
      if (elapsed - saidAt >= 10_000) {
        saidAt = elapsed;
        say(`toolchain: downloading, ${Math.round(elapsed / 1000)} s, ${(bytes / 1e6).toFixed(1)} MB`);
      }
      if (elapsed > longest) return 'it took longer than 15 minutes';
      return elapsed - grewAt > stalledAfter ? 'nothing arrived for 30 s' : undefined;
    },
  });
  await rm(temporary, { recursive: true, force: true });
  if (result.reason !== undefined) throw new Error(result.reason);
}

async function sizeOf(folder: string): Promise<number> {
  // Files come and go while the installer works.
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (found) => found.size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
