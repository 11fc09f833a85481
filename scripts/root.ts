import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the clone, from the sources and from dist/ alike. */
export function findRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error(`no package.json above ${__dirname}`);
}
