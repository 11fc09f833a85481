import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export class SetUpFailed extends Error {}

/** All set-up talk goes to stderr: the last line of stdout belongs to the task. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Runs one command to its end, with its own output on stderr as well. Returns whether it succeeded. */
export function run(title, command, args, options = {}) {
  say(`set-up: ${title}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  const ended = status === 0 ? 'done' : `failed (${error?.message ?? `exit code ${status}`})`;
  say(`set-up: ${ended} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}
