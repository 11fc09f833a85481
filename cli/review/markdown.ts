import { urnParts } from '../states/urn.js';
import { codeSpan } from './code-span.js';
import type { Finding, Report } from './report.js';

/** By this a job finds the comment of an earlier run, to replace it. */
export const MARKER = '<!-- pulumi-alicloud-media review -->';

/** GitHub takes 65,536 characters; what a job puts around it needs some. */
export const MOST_CHARACTERS = 60_000;

/** Of what only stands beside the findings. */
const MOST_NAMES = 10;

/** The report as a comment of a pull request: always the same for the same report. */
export function markdownOf(report: Report): string {
  const { findings } = report;
  const head = [MARKER, `### ${summaryOf(report)}`, ...verdictsOf(report), othersOf(report)].join('\n\n');
  const tail = report.unmatched.length === 0 ? '' : `\n\n${unmatchedOf(report.unmatched)}`;
  const left = (count: number) => `\n\n**${count} more are left out here:** the comment would be too long.`;
  let text = head;
  let shown = 0;
  for (const [index, finding] of findings.entries()) {
    const isFirst = findings[index - 1]?.change !== finding.change;
    const heading = finding.change === 'delete' ? '**To delete**' : '**To replace**';
    const row = `${isFirst ? `\n\n${heading}\n` : ''}\n${rowOf(finding)}`;
    const rest = tail.length + left(findings.length).length + BUCKETS.length;
    if (text.length + row.length + rest >= MOST_CHARACTERS) break;
    text += row;
    shown += 1;
  }
  if (shown > 0) text += BUCKETS;
  if (shown < findings.length) text += left(findings.length - shown);
  return `${text}${tail}\n`;
}

const BUCKETS = '\n\nThe buckets themselves and their objects stay.';

function summaryOf({ findings }: Report): string {
  const count = (change: Finding['change']) => findings.filter((one) => one.change === change).length;
  const parts = listed([
    [count('delete'), 'to delete'],
    [count('replace'), 'to replace'],
  ]);
  return `Media links: ${parts || 'nothing to delete or replace'}`;
}

function verdictsOf({ counts, limits, exceeded, doubts, findings, source }: Report): readonly string[] {
  const lines: string[] = [];
  const counted = counts.deletes + counts.replacements;
  if (exceeded.includes('maxDeletes'))
    lines.push(`**Too many:** \`--max-deletes ${limits.maxDeletes}\`, and ${counted} count.`);
  if (exceeded.includes('noReplace'))
    lines.push(`**\`--no-replace\`:** ${counts.replacements} to replace, and none may be.`);
  if (exceeded.length === 0 && findings.length > 0) lines.push('Within what was allowed.');
  if (counts.allowed > 0) lines.push(`Allowed by name, and not counted: ${counts.allowed}.`);
  if (doubts.includes('failed'))
    lines.push('**The preview failed.** What it would do may not be here as a whole: see its own output.');
  if (doubts.includes('unknownOperation'))
    lines.push(
      '**It does something that this version does not know** to a resource of this package; see below.',
    );
  if (source === 'plan' && findings.length > 0)
    lines.push(
      'Read from a plan. It does not say which link a resource had, its account, and whether it is protected or retained: the JSON of the preview does.',
    );
  return lines;
}

function othersOf({ stack, others }: Report): string {
  const parts = listed([
    [others.create, 'to create'],
    [others.import, 'to import'],
    [others.update, 'to update'],
    [others.delete, 'other resources to delete'],
    [others.replace, 'other resources to replace'],
    ...others.more.slice(0, MOST_NAMES).map(({ op, count }) => [count, codeSpan(op)] as const),
    [others.more.slice(MOST_NAMES).reduce((sum, { count }) => sum + count, 0), 'of further operations'],
    [others.same, 'unchanged'],
    [others.read, 'only read'],
  ]);
  const of = stack === null ? '' : `Stack ${codeSpan(stack)}. `;
  return `${of}Everything else: ${parts || 'nothing'}.`;
}

function listed(counts: readonly (readonly [count: number, what: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}

function rowOf(finding: Finding): string {
  const { title, id, name, account, region } = finding;
  const link = id === null ? '' : ` ${codeSpan(id)}`;
  const where = [
    `resource ${codeSpan(name)}`,
    account === null ? 'account not known' : `account ${codeSpan(account)}`,
    region === null ? 'region not known' : `region ${codeSpan(region)}`,
  ];
  return [
    `- \`${title}\`${link} (${where.join(', ')})`,
    ...factsOf(finding).map((fact) => `  - ${fact}`),
  ].join('\n');
}

function factsOf(finding: Finding): readonly string[] {
  const { change, effect, id, newId, isProtected, isRetained, isEmptied, isAllowed } = finding;
  const facts = [...renameOf(finding), change === 'delete' ? effect : `${reasonOf(finding)}: ${effect}`];
  if (newId !== null && newId !== id) facts.push(`It becomes ${codeSpan(newId)}.`);
  if (isProtected) facts.push(`**Protected:** Pulumi refuses to ${change} it, and the run fails.`);
  if (isRetained) facts.push('**Retained** by `retainOnDelete`: what it does and costs goes on.');
  if (isEmptied) facts.push('`forceDestroy` is set: its index entries are removed with it.');
  facts.push(...deletedWithOf(finding));
  if (isAllowed) facts.push('Allowed by name.');
  return facts;
}

function reasonOf({ because }: Finding): string {
  if (because.length === 0) return 'Replaced, and no argument is named that makes it';
  const names = because.slice(0, MOST_NAMES).map(codeSpan);
  const more = because.length > MOST_NAMES ? ` and ${because.length - MOST_NAMES} more` : '';
  return `Replaced by a change of ${names.join(', ')}${more}`;
}

function deletedWithOf({ deletedWith }: Finding): readonly string[] {
  if (deletedWith === null) return [];
  const what = `\`deletedWith\` ${codeSpan(urnParts(deletedWith.urn).name)}`;
  return deletedWith.isDeleted
    ? [
        `${what}, which goes, too: Pulumi sends no delete for this one. If the other does not take it along, it stays.`,
      ]
    : [`${what}, which is not deleted here: this one is removed by itself.`];
}

function renameOf({ renamedTo }: Finding): readonly string[] {
  if (renamedTo === null) return [];
  const condition = renamedTo.isSameProvider ? '' : ', if its provider is of the same account';
  return [
    `**A rename that would end in a delete of the same link:** ${codeSpan(urnParts(renamedTo.urn).name)} is to have it${condition}. Use \`aliases\` or \`pulumi state rename\`, and nothing is deleted. This package leaves a link that another resource of the run has; another tool would not.`,
  ];
}

function unmatchedOf(lines: readonly string[]): string {
  const names = lines.slice(0, MOST_NAMES).map(codeSpan);
  const more = lines.length > MOST_NAMES ? ` and ${lines.length - MOST_NAMES} more` : '';
  return `Allowed by name, and neither deleted nor replaced here: ${names.join(', ')}${more}.`;
}
