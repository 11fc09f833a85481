import { plain, table } from '../table.js';
import type { Terminal } from '../terminal.js';
import { ORDER } from './findings.js';
import type { AuditReport, Finding } from './report.js';

const HEADINGS: Readonly<Record<Finding['kind'], string>> = {
  claimed: 'claimed by more than one entry',
  another: 'not the one that the stack made',
  pending: 'creates of a run that was killed',
  doubt: 'in doubt',
  gone: 'in a stack, and gone',
  trouble: 'Stopped or Failed',
  dangling: 'in no given stack',
};

/** The report for a person. */
export function show({ accounts, stacks, findings, notSeen }: AuditReport, terminal: Terminal): string {
  const parts = ORDER.flatMap((kind) => {
    const own = findings.filter((finding) => finding.kind === kind);
    return own.length === 0 ? [] : [section(kind, own, terminal)];
  });
  if (notSeen.length > 0) {
    const rows = notSeen.map(({ account, title, place, code, says }) =>
      [account, title || 'all', place || 'all', code, says].map(plain),
    );
    const heading = terminal.paint('red', `${notSeen.length} not seen: nothing is known of what is there`);
    parts.push(`${heading}\n${table(['account', 'resource', 'in', 'code', 'what happened'], rows)}`);
  }
  const seen = accounts.reduce((sum, account) => sum + account.seen, 0);
  const owned = stacks.reduce((sum, { resources }) => sum + resources, 0);
  const where = accounts.map(({ account }) => account).join(', ') || 'none';
  parts.push(
    `${seen} exist in the accounts ${where}; ${stacks.length} stacks have ${owned}. ` +
      `${findings.length} found, ${notSeen.length} not seen.\n`,
  );
  return parts.join('\n');
}

function section(kind: Finding['kind'], findings: readonly Finding[], terminal: Terminal): string {
  const heading = terminal.paint('bold', `${findings.length} ${HEADINGS[kind]}`);
  // What is the same for all of them is said once; of what is in no stack the way to adopt it stands in --json.
  const advice = kind === 'dangling' ? DANGLING : commonTo(findings);
  const rows = findings.map(({ title, id, account, stacks, madeAt = '', says }) =>
    [title, id, account, stacks.join(', '), madeAt, ...(advice === undefined ? [says] : [])].map(plain),
  );
  const head = ['resource', 'id', 'account', 'stack', 'made', ...(advice === undefined ? ['what'] : [])];
  const used = head.map((_, column) => rows.some((row) => row[column] !== ''));
  const kept = (row: readonly string[]) => row.filter((_, column) => used[column]);
  const said = advice === undefined ? '' : `${terminal.paint('dim', advice)}\n`;
  return `${heading}\n${said}${table(kept(head), rows.map(kept))}`;
}

const DANGLING =
  'To take them over, see --adopt-code and --import-file; to remove one, take it over first: the stack then deletes it.';

function commonTo(findings: readonly Finding[]): string | undefined {
  const [first] = findings;
  return findings.every(({ says }) => says === first?.says) ? first?.says : undefined;
}
