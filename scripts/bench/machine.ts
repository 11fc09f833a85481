import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { findRoot } from '../root.js';
import { cli } from '../toolchain/files.js';
import { versionOf } from '../toolchain/version.js';

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

/** How busy the machine is with other things: figures taken beside them are of little worth. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
