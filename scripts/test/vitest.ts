import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs vitest, which prints as it goes; its exit code. */
export function vitest(root: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const main = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
