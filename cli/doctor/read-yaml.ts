import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';

/** A file of the program that cannot be read. Never repeats a line of it: that may hold a secret. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** Every scalar as the text that stands there: an account id of twenty digits is no number. */
export function readYaml(file: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), {
    schema: 'failsafe',
    lineCounter: lines,
    // Else the error would show the line.
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new UnreadableError(`${basename(file)} is not YAML: line ${line} (${error.code})`);
  }
  try {
    return document.toJS();
  } catch {
    throw new UnreadableError(`${basename(file)} has aliases that cannot be followed`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableError(
      `${basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}
