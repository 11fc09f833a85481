import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropAccounts } from '../environment.js';
import { runCommand } from './command.js';
import { cli, missingFrom } from './files.js';

/** read() of a dynamic resource may return inputs from this version on; the peer range starts here too. */
export const oldestVersion = '3.216.0';

/** What `pulumi version` prints, without the v; throws with the reason when it does not run. */
export async function versionOf(pulumi: string): Promise<string> {
  // The command makes ~/.pulumi when there is none, so it gets a home that goes away.
  const home = await mkdtemp(join(tmpdir(), 'pulumi-version-'));
  try {
    const result = await runCommand(pulumi, ['version'], {
      env: { ...dropAccounts(process.env), PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: 'true' },
      giveUp: (elapsed) => (elapsed > 20_000 ? 'no answer within 20 s' : undefined),
    });
    if (result.reason !== undefined) throw new Error(result.reason);
    const version = result.lines.map((line) => /^v?(\d+\.\d+\.\d+\S*)$/.exec(line.trim())?.[1]).find(Boolean);
    if (version === undefined)
      throw new Error(`"pulumi version" printed no version: ${result.lines.join(' ')}`);
    return version;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestVersion.split('.').map(Number);
  // The next major version is unknown to this package's peer range.
  return major === oldestMajor && minor >= oldestMinor;
}

/** Whether the folder holds every program and its CLI runs. */
export async function isToolchain(folder: string): Promise<boolean> {
  if (missingFrom(folder).length > 0) return false;
  return versionOf(join(folder, cli)).then(isSupported, () => false);
}
