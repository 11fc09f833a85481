import { urnParts } from '../states/urn.js';
import type { Allowed } from './allowed.js';
import { findingsIn, ownStep } from './findings.js';
import { groupOf, isKnownOperation } from './operations.js';
import type { Preview } from './preview.js';
import type { Report } from './report.js';

export type Limits = Report['limits'];

/** What there is to say of a preview, and what the command ends with. */
export function review(preview: Preview, limits: Limits, allowed: Allowed): Report {
  const findings = [...findingsIn(preview, allowed)];
  const counted = findings.filter(({ isAllowed }) => !isAllowed);
  const replacements = counted.filter(({ change }) => change === 'replace').length;
  const exceeded = exceededBy(counted.length, replacements, limits);
  const doubts = doubtsOf(preview);
  const [first] = preview.steps;
  const { project, stack } = urnParts(first?.urn ?? '');
  return {
    version: 1,
    source: preview.source,
    stack: first === undefined ? null : `${project}/${stack}`,
    exit: exceeded.length > 0 ? 1 : doubts.length > 0 ? 2 : 0,
    counts: {
      deletes: counted.length - replacements,
      replacements,
      allowed: findings.length - counted.length,
    },
    limits,
    exceeded,
    doubts,
    findings,
    others: othersIn(preview, new Set(findings.map(({ urn }) => urn))),
    unmatched: [...allowed.unmatched()],
  };
}

function exceededBy(
  counted: number,
  replacements: number,
  { maxDeletes, noReplace }: Limits,
): Report['exceeded'] {
  if (maxDeletes === null && !noReplace) return counted > 0 ? ['any'] : [];
  const exceeded: Report['exceeded'] = [];
  if (maxDeletes !== null && counted > maxDeletes) exceeded.push('maxDeletes');
  if (noReplace && replacements > 0) exceeded.push('noReplace');
  return exceeded;
}

function doubtsOf({ hasFailed, steps }: Preview): Report['doubts'] {
  const isUnknown = steps.some((step) => !isKnownOperation(step.op) && ownStep(step).length > 0);
  return [...(hasFailed ? (['failed'] as const) : []), ...(isUnknown ? (['unknownOperation'] as const) : [])];
}

/** Everything but the deletes and replacements of these resources. */
function othersIn({ steps, summary }: Preview, own: ReadonlySet<string>): Report['others'] {
  const urns = new Map<string, Set<string>>();
  for (const { op, urn } of steps) {
    const group = groupOf(op) ?? op;
    if ((group === 'delete' || group === 'replace') && own.has(urn)) continue;
    urns.set(group, (urns.get(group) ?? new Set()).add(urn));
  }
  const counts = new Map([...urns].map(([group, of]) => [group, of.size]));
  const seen = new Set(steps.map(({ op }) => groupOf(op) ?? op));
  for (const [op, count] of summary) {
    const group = groupOf(op) ?? op;
    // What steps show is counted by them, so that a replacement is one; of `same` Pulumi shows hardly any.
    if (group === 'same' || !seen.has(group)) counts.set(group, count);
  }
  const of = (group: string) => counts.get(group) ?? 0;
  return {
    create: of('create'),
    import: of('import'),
    update: of('update'),
    delete: of('delete'),
    replace: of('replace'),
    same: of('same'),
    read: of('read'),
    more: [...counts]
      .filter(([group]) => groupOf(group) === undefined)
      .map(([op, count]) => ({ op, count }))
      .sort((a, b) => (a.op < b.op ? -1 : 1)),
  };
}
