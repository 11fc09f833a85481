import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.js';

/** A file of the command line, as its messages call it. */
export function readGiven(file: string, called = file): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${called} cannot be read (${code})`);
  }
}
