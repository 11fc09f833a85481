import { plain } from '../table.js';
import type { Terminal } from '../terminal.js';
import { STATUSES, type Status } from './finding.js';
import { countsOf } from './report.js';
import type { Result } from './run-checks.js';

const STYLE = { ok: 'green', warning: 'yellow', problem: 'red', skip: 'dim' } as const;
const COUNTED: Readonly<Record<Status, (count: number) => string>> = {
  ok: (count) => `${count} ok`,
  warning: (count) => `${count} warning${count === 1 ? '' : 's'}`,
  problem: (count) => `${count} problem${count === 1 ? '' : 's'}`,
  skip: (count) => `${count} skipped`,
};

/** A line for each check, what to do below it, and the counts. */
export function show(results: readonly Result[], { paint }: Pick<Terminal, 'paint'>): string {
  const statusWidth = Math.max(...STATUSES.map((status) => status.length));
  const nameWidth = Math.max(...results.map(({ name }) => name.length));
  const indent = ' '.repeat(statusWidth + 2);
  const lines = results.flatMap(({ status, name, says, advice }) => [
    `${paint(STYLE[status], status.padEnd(statusWidth))}  ${name.padEnd(nameWidth)}  ${plain(says)}`,
    ...advice.map((line) => `${indent}> ${plain(line)}`),
  ]);
  const counts = countsOf(results);
  const told = STATUSES.map((status) => COUNTED[status](counts[status])).join(', ');
  return `${lines.join('\n')}\n\n${results.length} checks: ${told}\n`;
}
