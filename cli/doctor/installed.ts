import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Row, record } from '../../provider/lifecycle/values.js';

const NOT_FOUND: readonly unknown[] = ['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'];

/** A package that is installed. */
export interface Installed {
  readonly folder: string;
  /** The node_modules that it was found in. */
  readonly within: string;
  readonly version: string;
  readonly manifest: Row;
}

/** The package as Node finds it from this folder, whatever of it can be loaded. */
export function installedFrom(folder: string, name: string): Installed | undefined {
  const places = createRequire(join(folder, 'package.json')).resolve.paths(name) ?? [];
  for (const within of places) {
    const found = installedIn(within, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function installedIn(within: string, name: string): Installed | undefined {
  const folder = join(within, name);
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = manifestOf(file);
  return { folder, within, version: String(manifest.version ?? 'unknown'), manifest };
}

function manifestOf(file: string): Row {
  try {
    return record(JSON.parse(readFileSync(file, 'utf8'))) ?? {};
  } catch {
    return {};
  }
}

/** Whether `require` would find this from the folder. What else goes wrong is no answer. */
export function isFoundFrom(folder: string, request: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve(request);
    return true;
  } catch (error) {
    if (NOT_FOUND.includes((error as NodeJS.ErrnoException).code)) return false;
    throw error;
  }
}

/** What this package itself asks for. */
export function ownManifest(): Row {
  return createRequire(__filename)('pulumi-alicloud-media/package.json') as Row;
}
