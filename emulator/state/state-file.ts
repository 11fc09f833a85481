import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isState } from './check-state.js';
import { FileLock } from './file-lock.js';
import { emptyState, type State } from './records.js';

const FORMAT = 'pulumi-alicloud-media emulator state';
const VERSION = 1;

/** A state file that cannot be used. It is never overwritten. */
export class StateFileError extends Error {
  constructor(path: string, why: string) {
    super(`state file ${path} ${why}`);
    this.name = 'StateFileError';
  }
}

/** Holds the state between two runs. No secret and no temporary credential is ever in it. */
export class StateFile {
  readonly loaded: State | undefined;
  readonly #lock: FileLock;
  /** For tests: a write stops half-way with ENOSPC, as on a full disk. */
  isDiskFull = false;

  constructor(readonly path: string) {
    this.#lock = lock(path);
    try {
      this.loaded = load(path);
      // Found out now, not at the first write somebody waits for.
      if (!this.loaded) this.write(JSON.stringify(emptyState()));
    } catch (error) {
      this.#lock.release();
      if (error instanceof StateFileError) throw error;
      throw new StateFileError(
        path,
        `cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** A new file beside the old one, forced to disk, then renamed over it: there is always one whole file. `state` is JSON. */
  write(state: string): void {
    const beside = `${this.path}.new`;
    try {
      const file = openSync(beside, 'w', 0o600);
      try {
        const text = `{"format":${JSON.stringify(FORMAT)},"version":${VERSION},"state":${state}}\n`;
        writeFileSync(file, this.isDiskFull ? text.slice(0, text.length >> 1) : text);
        if (this.isDiskFull) throw noSpace(beside);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, this.path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
    syncDirectory(dirname(this.path));
  }

  close(): void {
    this.#lock.release();
  }
}

function lock(path: string): FileLock {
  try {
    return new FileLock(path);
  } catch (error) {
    throw new StateFileError(path, error instanceof Error ? error.message : String(error));
  }
}

function load(path: string): State | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new StateFileError(
      path,
      'is not whole JSON: it is cut off, or not a state file. It is left as it is.',
    );
  }
  const envelope = typeof content === 'object' && content !== null ? content : {};
  if (!('format' in envelope) || envelope.format !== FORMAT) {
    throw new StateFileError(path, 'was not written by this emulator. It is left as it is.');
  }
  const version = 'version' in envelope ? envelope.version : undefined;
  if (version !== VERSION) {
    throw new StateFileError(
      path,
      `has version ${String(version)}; this emulator reads ${VERSION}. It is left as it is.`,
    );
  }
  if (!('state' in envelope) || !isState(envelope.state)) {
    throw new StateFileError(
      path,
      'has the right format mark but not the right content. It is left as it is.',
    );
  }
  return envelope.state;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new StateFileError(
      path,
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function noSpace(path: string): Error {
  const message = `ENOSPC: no space left on device, write '${path}'`;
  return Object.assign(new Error(message), { code: 'ENOSPC', syscall: 'write' });
}

/** Makes the rename itself durable. Not every platform can open a directory; the file itself is safe by then. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {}
}
