import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

export function tool(name: string, script: string): string {
  return join(ROOT, 'node_modules', name, script);
}

/** A failed check prints what is wrong to its output, which `execFile` leaves out of the error's message. */
export async function passes(script: string, ...args: string[]): Promise<string> {
  return run(process.execPath, [script, ...args], { cwd: ROOT }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${stdout}${stderr}`);
    },
  );
}

/** What publint says of a tarball. */
export function publint(tarball: string): Promise<string> {
  return passes(tool('publint', 'src/cli.js'), tarball);
}

/** Whether the types of a tarball hold for every way to import it; fails where they do not. */
export function attw(tarball: string, ...args: string[]): Promise<string> {
  return passes(tool('@arethetypeswrong/cli', 'dist/index.js'), tarball, ...args);
}
