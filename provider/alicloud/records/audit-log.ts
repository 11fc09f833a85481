import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { ConfigurationError, UnrecordedError } from '../answers/errors.js';

const VARIABLE = 'ALICLOUD_MEDIA_AUDIT_LOG';

/** One line about one try of a mutating call; nothing else is ever written. */
export interface AuditEntry {
  readonly time: string;
  readonly account: string | null;
  readonly caller: string | null;
  readonly action: string;
  readonly id: string;
  readonly try: number;
  /** `sent` stands before the call; the others after it. */
  readonly outcome: 'sent' | 'done' | 'already gone' | 'refused' | 'unknown';
  readonly code?: string;
  readonly requestId?: string;
}

/** Appends to the file that the environment names; undefined where it names none. */
export function auditLog(environment: NodeJS.ProcessEnv): ((entry: AuditEntry) => void) | undefined {
  const file = environment[VARIABLE];
  if (!file) return undefined;
  return (entry) => {
    try {
      // Opened for each line: the file may be rotated, and one append is one line whoever else writes.
      const handle = openSync(file, 'a', 0o600);
      try {
        writeSync(handle, `${JSON.stringify(entry)}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const { outcome } = entry;
      const problem = (when: string) => [
        `${VARIABLE}: ${JSON.stringify(file)} cannot be written (${code}); ${entry.action} of ${entry.id}: ${when}.`,
      ];
      if (outcome === 'sent') throw new ConfigurationError(problem('the call was not sent'));
      const mayHaveHappened = outcome === 'done' || outcome === 'unknown';
      throw new UnrecordedError(problem(`the call ended: ${outcome}`), mayHaveHappened);
    }
  };
}
