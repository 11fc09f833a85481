import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive } from './is-alive.js';

/** One emulator a state file: FILE.lock holds the process id of the one that has it. */
export class FileLock {
  readonly #path: string;
  #held = false;

  constructor(file: string) {
    this.#path = `${file}.lock`;
    if (!this.#take()) {
      const owner = this.#owner();
      // A lock of a process that is gone was left by a kill.
      if (owner !== undefined && isAlive(owner)) {
        throw new Error(`is in use by process ${owner}: see ${this.#path}`);
      }
      rmSync(this.#path, { force: true });
      if (!this.#take()) throw new Error(`is in use: see ${this.#path}`);
    }
    this.#held = true;
  }

  release(): void {
    if (this.#held) rmSync(this.#path, { force: true });
    this.#held = false;
  }

  #take(): boolean {
    try {
      writeFileSync(this.#path, `${process.pid}\n`, { flag: 'wx' });
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  #owner(): number | undefined {
    try {
      const pid = Number.parseInt(readFileSync(this.#path, 'utf8'), 10);
      return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
    } catch {
      return undefined;
    }
  }
}
