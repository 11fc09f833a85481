import type { Boundary, Emulator, JournalEntry } from '../../../emulator/index.js';
import type { Run, Running } from './stack.js';

interface Call {
  readonly boundary: Boundary;
  readonly actions: readonly string[];
  /** Which of these calls it is, from 1. */
  readonly nth?: number;
}

/** How a command ended to which something was done when a call came to a boundary, which the call then crossed. */
export async function struckAt(
  emulator: Emulator,
  running: Running,
  { boundary, actions, nth = 1 }: Call,
  strike: () => void,
): Promise<Run & { readonly struck: JournalEntry }> {
  let struck: JournalEntry | undefined;
  let seen = 0;
  const end = emulator.onCall((at, entry) => {
    if (struck !== undefined || at !== boundary || !actions.includes(entry.action) || ++seen < nth) return;
    struck = entry;
    // Whom it strikes is looked for first, and on a busy machine a short command would have ended by then.
    process.kill(running.engine, 'SIGSTOP');
    strike();
    process.kill(running.engine, 'SIGCONT');
  });
  const run = await running.ended;
  end();
  if (struck === undefined) throw new Error(`no call was struck in:\n${run.text}`);
  return { ...run, struck };
}
