import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let found: string | undefined;

/** The version of this package, from the package.json above the compiled or the source file. */
export function version(): string {
  for (let folder = __dirname; found === undefined; folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name: string;
        version: string;
      };
      if (manifest.name === 'pulumi-alicloud-media') found = manifest.version;
    } catch {
      if (folder === dirname(folder)) found = 'unknown';
    }
  }
  return found;
}
