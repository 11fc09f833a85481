import type { JournalEntry } from '../../emulator/index.js';

/** The calls the emulator received while one step ran. */
export interface StepCalls {
  readonly step: string;
  readonly calls: readonly JournalEntry[];
}

/** Lines of a table: action, what on, result, RequestId; under the name of each step. */
export function callTable(steps: readonly StepCalls[]): string[] {
  const rows = steps.flatMap(({ step, calls }) => [
    [`[${step}]`, '', calls.length === 0 ? 'no call' : '', ''],
    ...calls.map((call) => [
      call.action,
      call.link || '-',
      call.code === '' ? `${call.status} OK` : `${call.status} ${call.code}`,
      call.requestId,
    ]),
  ]);
  const head = ['action', 'on', 'result', 'RequestId'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
