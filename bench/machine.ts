import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { findRoot } from '../scripts/root.js';
import { cli } from '../scripts/toolchain/files.js';
import { versionOf } from '../scripts/toolchain/version.js';

/** What figures depend on, besides the code. */
export async function describeMachine(toolchain: string): Promise<readonly string[]> {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  const root = findRoot();
  return [
    `- CPU: ${processors[0]?.model.trim() || 'unknown'}, ${processors.length} cores`,
    `- memory: ${memory} GiB; system: ${type()} ${release()}`,
    `- Node ${process.versions.node}, pulumi CLI ${await versionOf(join(toolchain, cli))}, ` +
      `@pulumi/pulumi ${versionIn(join(root, 'node_modules', '@pulumi', 'pulumi'))}, ` +
      `pulumi-alicloud-media ${versionIn(root)}`,
  ];
}

/** More than this at work, and figures are taken beside other things. */
const BUSY = cpus().length + 1;

/** How busy the machine is with other things: seconds that are measured beside them are of little worth. */
export function load(): string {
  const [average = 0] = loadavg();
  const note = average > BUSY ? ' (busy with other things: ratios say more than seconds)' : '';
  return average.toFixed(1) + note;
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
