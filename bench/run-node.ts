import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a script in a fresh Node while this process goes on serving; answers what it printed. */
export async function runNode(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args], { cwd, env });
  return stdout;
}
