import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called for each line of stdout and stderr. */
  readonly onLine?: (line: string) => void;
  /** Asked every second; a text ends the command and becomes the reason. */
  readonly giveUp?: (elapsedMs: number) => Promise<string | undefined> | string | undefined;
}

export interface CommandResult {
  readonly code: number;
  readonly lines: readonly string[];
  /** Why it failed, in one line; undefined when it went well. */
  readonly reason?: string;
}

/** Runs a command without stdin, gathers its lines, and ends its whole process group when asked to give up. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const started = Date.now();
    const lines: string[] = [];
    let stopped: string | undefined;
    // Its own group, so that what a shell script has started ends with it.
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const stop = (): void => {
      try {
        if (child.pid !== undefined)
          process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It ended by itself in this moment.
      }
    };
    // A detached group does not get the terminal's Ctrl-C.
    const onSignal = (): void => {
      stop();
      process.exit(130);
    };
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        options.onLine?.(line);
      });
    }
    const timer = setInterval(() => {
      void Promise.resolve(options.giveUp?.(Date.now() - started)).then((why) => {
        if (why === undefined || stopped !== undefined) return;
        stopped = why;
        stop();
      });
    }, 1000);
    const end = (code: number, reason: string | undefined): void => {
      clearInterval(timer);
      process.removeListener('SIGINT', onSignal).removeListener('SIGTERM', onSignal);
      resolve({ code, lines, ...(reason === undefined ? {} : { reason }) });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      end(127, error.code === 'ENOENT' ? `${command} is not installed` : error.message);
    });
    child.once('close', (code, signal) => {
      const last = lines.findLast((line) => line.trim() !== '');
      const ended = code === null ? `ended by ${signal}` : `exit code ${code}`;
      end(code ?? 1, stopped ?? (code === 0 ? undefined : `${ended}${last ? `: ${last.trim()}` : ''}`));
    });
  });
}
