import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export class SetUpFailed extends Error {}

/** All set-up talk goes to stderr: the last line of stdout belongs to the task. */
export const say = (text) => process.stderr.write(`${text}\n`);

/**
 * Runs one command to its end, with its own output on stderr as well, and says every so many milliseconds that it is
 * alive. Returns whether it succeeded.
 */
export async function run(title, command, args, { every = 10_000, ...options } = {}) {
  say(`set-up: ${title}`);
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const alive = setInterval(() => say(`set-up: still at it after ${seconds()}`), every);
  const failure = await new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code) => resolve(code === 0 ? undefined : `exit code ${code}`));
  });
  clearInterval(alive);
  say(`set-up: ${failure === undefined ? 'done' : `failed (${failure})`} after ${seconds()}`);
  return failure === undefined;
}
