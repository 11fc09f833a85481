// What `npm ci` does not do by itself: leave node_modules alone where it is right. It takes all away first, and then needs a registry.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, SetUpFailed } from './say.mjs';

const modules = join(root, 'node_modules');
/** npm's own account of what it installed. */
export const installed = join(modules, '.package-lock.json');
const leftOut = join(modules, '.left-out.json');

export async function install() {
  if (missing().length === 0) return;
  // The sources cannot be built without what is for development, whatever NODE_ENV or an .npmrc says.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'];
  // npm tells its scripts where npm itself lies. Without that it must be on PATH, where it is a shell script on Windows.
  const own = process.env.npm_execpath ?? '';
  const isOwn = /npm-cli\.[cm]?js$/.test(own);
  const done = await run(
    'npm ci: node_modules is missing or does not match package-lock.json',
    isOwn ? process.execPath : 'npm',
    isOwn ? [own, ...args] : args,
    { shell: !isOwn && process.platform === 'win32' },
  );
  if (!done) throw new SetUpFailed('npm ci failed, see above; the npm registry must be reachable.');
  // npm leaves out an optional package that does not suit this version of Node, and would again in the next run.
  const still = missing();
  if (still.length > 0) writeFileSync(leftOut, JSON.stringify(still));
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Where node_modules lacks what the lock names. File times say nothing after a git checkout. */
function missing() {
  if (!existsSync(installed)) return ['node_modules'];
  const { packages } = read(installed);
  const known = existsSync(leftOut) ? read(leftOut) : [];
  return Object.entries(read(join(root, 'package-lock.json')).packages)
    .filter(([path]) => /(^|\/)node_modules\//.test(path))
    .filter(([path, { version }]) => packages[path]?.version !== version || !existsSync(join(root, path)))
    .filter(
      ([path, entry]) => packages[path] || !entry.optional || (isForHere(entry) && !known.includes(path)),
    )
    .map(([path]) => path);
}

/** Whether an optional package is a part for this machine. One for every machine belongs to another such part. */
function isForHere({ os, cpu, libc }) {
  const libcHere = () => {
    // Asks the names of all network addresses otherwise.
    process.report.excludeNetwork = true;
    return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  };
  return (
    (os !== undefined || cpu !== undefined) &&
    (os ?? [process.platform]).includes(process.platform) &&
    (cpu ?? [process.arch]).includes(process.arch) &&
    (libc === undefined || libc.includes(libcHere()))
  );
}
