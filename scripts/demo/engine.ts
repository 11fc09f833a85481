import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export interface EngineRun {
  readonly code: number;
  /** What the engine printed, without colours. */
  readonly text: string;
}

/** Runs `pulumi` and passes on what it prints as it comes. */
export function runPulumi(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<EngineRun> {
  const color = process.stdout.isTTY ? 'always' : 'never';
  return new Promise((resolve, reject) => {
    const child = spawn('pulumi', [...args, '--non-interactive', '--color', color], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        process.stdout.write(part);
      });
    }
    // Ctrl-C reaches the engine as well; it must have the time to end, so this process waits for it.
    const wait = (): void => {};
    process.on('SIGINT', wait);
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('SIGINT', wait);
      resolve({ code: code ?? 1, text: stripVTControlCharacters(text) });
    });
  });
}
