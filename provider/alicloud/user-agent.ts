import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let packageVersion: string | undefined;

/** The version of this package, from the package.json above the compiled or the source file. */
export function version(): string {
  for (let folder = __dirname; packageVersion === undefined; folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name: string;
        version: string;
      };
      if (found.name === 'pulumi-alicloud-media') packageVersion = found.version;
    } catch {
      if (folder === dirname(folder)) packageVersion = 'unknown';
    }
  }
  return packageVersion;
}

export function userAgent(suffix?: string): string {
  const own = `pulumi-alicloud-media/${version()} Node.js/${process.versions.node}`;
  return suffix === undefined ? own : `${own} ${suffix}`;
}
