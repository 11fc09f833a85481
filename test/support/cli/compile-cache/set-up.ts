import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');

/** Before the first test: what the tests start finds its libraries compiled. */
export function setup(): void {
  const installed = readFileSync(join(ROOT, 'node_modules/.package-lock.json'));
  const key = createHash('sha256').update(`${process.version}\0${ROOT}\0`).update(installed).digest('hex');
  const folder = join(ROOT, '.test', `compile-cache-${key.slice(0, 12)}`);
  if (!existsSync(folder)) make(folder);
  process.env.TEST_COMPILE_CACHE = folder;
  // Quoted as Node.js reads it, for a path with spaces.
  process.env.NODE_OPTIONS = `--require=${JSON.stringify(join(__dirname, 'load.cjs'))}`;
}

function make(folder: string): void {
  mkdirSync(join(ROOT, '.test'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'make.cjs'), unfinished], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the compile cache was not made:\n${stderr}`);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run in this checkout has made it meanwhile.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}
