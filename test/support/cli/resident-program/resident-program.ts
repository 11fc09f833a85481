import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * The program of a stack in a process that stays. A command of the CLI starts a new one otherwise, and more than half
 * of what the command costs is to load @pulumi/pulumi there.
 */
export class ResidentProgram {
  readonly #child: ChildProcess;
  /** Tells `up` and `preview` where the program is. */
  readonly flag: string;

  private constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.flag = `--client=127.0.0.1:${port}`;
  }

  static async start(folder: string, environment: NodeJS.ProcessEnv): Promise<ResidentProgram> {
    const child = spawn(process.execPath, [join(__dirname, 'serve.cjs')], {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const listens = once(createInterface({ input: child.stdout }), 'line');
    const ends = once(child, 'exit').then(([code]) => {
      throw new Error(`the program's process ended with ${code} before it could be reached`);
    });
    const [port] = (await Promise.race([listens, ends])) as [string];
    return new ResidentProgram(child, port);
  }

  stop(): void {
    this.#child.kill();
  }
}
