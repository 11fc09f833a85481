import type { Emulator } from '../../emulator/index.js';
import { isMutating } from '../support/links/links.js';

/** The mutating calls since the last look, in the order of their arrival, with the code of what was refused. */
export function mutatingCalls(emulator: Emulator): string[] {
  const journal = emulator.journal().filter(({ action }) => isMutating(action));
  emulator.clearJournal();
  return journal.map(({ action, link, code }) => [action, link, code].filter(Boolean).join(' '));
}

/** The requests to IMM and MPS since the last look: everything but the question whose credentials these are. */
export function linkRequests(emulator: Emulator): string[] {
  const journal = emulator.journal().filter(({ service }) => service !== 'sts');
  emulator.clearJournal();
  return journal.map(({ action, link }) => `${action} ${link}`);
}
