import { parseArgs } from 'node:util';
import { cacheFolder } from './toolchain/cache.js';
import { download } from './toolchain/download.js';
import { type ExtraName, extraNamed } from './toolchain/extra-programs.js';
import { withExtras } from './toolchain/extras.js';
import { goBuild } from './toolchain/go-build.js';
import { onPath } from './toolchain/on-path.js';
import { oldestVersion } from './toolchain/version.js';
import type { Say, Surroundings, Way } from './toolchain/way.js';

const inOrder: readonly Way[] = [onPath, download, goBuild];

/** Forces one way; for tests and for telling a problem of one way from another. */
export const forceVariable = 'PULUMI_ALICLOUD_MEDIA_TOOLCHAIN';

/** A folder found before, which scripts/test.ts hands to the tests. */
export const folderVariable = 'PULUMI_ALICLOUD_MEDIA_TOOLCHAIN_FOLDER';

export class NoToolchain extends Error {
  override readonly name = 'NoToolchain';

  constructor(tried: readonly string[]) {
    super(
      [
        'No Pulumi CLI was found. Tried, in this order:',
        ...tried.map((line) => `  - ${line}`),
        `Install Pulumi ${oldestVersion} or newer and put it on PATH (https://www.pulumi.com/docs/install/), or install`,
        'Go (https://go.dev/doc/install) and make its module proxy reachable, then run this again.',
      ].join('\n'),
    );
  }
}

/** Finds or makes the one folder with `pulumi`, its Node.js host and the dynamic provider's launcher. */
export async function findToolchain(
  say: Say,
  env: NodeJS.ProcessEnv = process.env,
  ways: readonly Way[] = inOrder,
): Promise<string> {
  const known = env[folderVariable];
  if (known) return known;
  const forced = env[forceVariable];
  if (forced && !ways.some((way) => way.name === forced)) {
    throw new Error(
      `${forceVariable} must be one of ${ways.map((way) => way.name).join(', ')}, not "${forced}"`,
    );
  }
  const surroundings = { cache: cacheFolder(env), env, say };
  const tried: string[] = [];
  for (const [index, way] of ways.entries()) {
    if (forced && way.name !== forced) {
      tried.push(`${way.title}: left out, ${forceVariable} is ${forced}`);
      continue;
    }
    // Before anything is made, look for what was: a download that cannot work here is not tried on every run.
    if (way.kept) {
      const kept = await firstKept(forced ? [way] : ways.slice(index), surroundings);
      if (kept !== undefined) return kept;
    }
    try {
      return await way.find(surroundings);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say(`toolchain: ${way.title} does not serve: ${reason}`);
      tried.push(`${way.title}: ${reason}`);
    }
  }
  throw new NoToolchain(tried);
}

async function firstKept(ways: readonly Way[], surroundings: Surroundings): Promise<string | undefined> {
  for (const way of ways) {
    const folder = await way.kept?.(surroundings);
    if (folder !== undefined) return folder;
  }
  return undefined;
}

/** The same, with what `--with` names beside it. */
export async function findToolchainWith(
  extras: readonly ExtraName[],
  say: Say,
  env: NodeJS.ProcessEnv = process.env,
  ways: readonly Way[] = inOrder,
): Promise<string> {
  return withExtras(await findToolchain(say, env, ways), extras, { cache: cacheFolder(env), env, say });
}

/** `npm run -s toolchain [-- --with <extra>,<extra>]`: the folder is the last line of stdout, all else goes to stderr. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const extras = extrasOf(args);
    const folder = await findToolchainWith(extras, (text) => process.stderr.write(`${text}\n`));
    process.stdout.write(`${folder}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function extrasOf(args: readonly string[]): readonly ExtraName[] {
  const { values } = parseArgs({ args: [...args], options: { with: { type: 'string', multiple: true } } });
  return [...new Set((values.with ?? []).flatMap((names) => names.split(',')))].sort().map(extraNamed);
}
