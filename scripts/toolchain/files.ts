import { existsSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

const windows = process.platform === 'win32';
/** What the name of a program ends with. */
export const executable = windows ? '.exe' : '';

/** The programs a Node.js Pulumi program with dynamic resources needs in one folder. */
export const cli = `pulumi${executable}`;
export const languageHost = `pulumi-language-nodejs${executable}`;
const dynamicProvider = `pulumi-resource-pulumi-nodejs${windows ? '.cmd' : ''}`;
export const needed: readonly string[] = [cli, languageHost, dynamicProvider];

/** The names in `needed` that `folder` lacks. */
export function missingFrom(folder: string): string[] {
  return needed.filter((name) => !existsSync(join(folder, name)));
}

/** Where `name` lies on a PATH, or undefined. */
export function findOnPath(name: string, path: string | undefined): string | undefined {
  return (path ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/**
 * npm's @pulumi/pulumi carries the launcher of the dynamic-provider process in its root. It is copied, since a link
 * from the cache into a clone breaks when the clone goes.
 */
export async function copyDynamicProvider(folder: string): Promise<void> {
  const target = join(folder, dynamicProvider);
  await copyFile(join(dirname(require.resolve('@pulumi/pulumi/package.json')), dynamicProvider), target);
  await chmod(target, 0o755);
}

/** Puts `file` under `name` into `folder`: a link, or a copy where links need special rights. */
export async function place(file: string, folder: string, name: string): Promise<void> {
  const target = join(folder, name);
  await mkdir(dirname(target), { recursive: true });
  if (windows) await copyFile(file, target);
  else await symlink(file, target);
}

/** One more name for `file`, so that it lives as long as either; `pulumi` then looks for its hosts where it was put. */
export async function placeForGood(file: string, folder: string, name: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  // Not across file systems, nor on every one.
  await link(file, join(folder, name)).catch(() => place(file, folder, name));
}
