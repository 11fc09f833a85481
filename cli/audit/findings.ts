import { adoptedBy } from '../../provider/lifecycle/ids.js';
import { isSameMoment, writtenAt } from '../../provider/lifecycle/link.js';
import { groupBy } from '../group-by.js';
import { keyOf } from '../listing.js';
import type { PendingCreate, StackState, StateLink } from '../states/stack-state.js';
import type { Census, Existing, Range } from './census.js';
import type { Finding, NotSeen } from './report.js';

interface Claim {
  readonly state: StackState;
  readonly link: StateLink;
}

/** What of the accounts and the stacks does not fit, and what the stacks have that could not be looked for. */
export function compare(
  censuses: readonly Census[],
  states: readonly StackState[],
  range: Range,
): { readonly findings: readonly Finding[]; readonly notSeen: readonly NotSeen[] } {
  const claims = groupBy(
    states.flatMap((state) => state.links.map((link): Claim => ({ state, link }))),
    ({ link }) => keyOf(link.title, link.id),
  );
  const pending = groupBy(
    states.flatMap((state) => state.pending.map((create) => ({ state, create }))),
    ({ create }) => keyOf(create.title, create.id ?? ''),
  );
  const findings: Finding[] = [];
  for (const census of censuses)
    for (const [key, one] of census.existing) {
      const own = (claims.get(key) ?? []).filter(({ link }) => isOf(link.account, census.account));
      findings.push(...ofExisting(census, one, own, pending.has(key)));
    }
  const notSeen: NotSeen[] = [];
  for (const [, entries] of claims) {
    for (const same of groupBy(entries, ({ link }) => link.account ?? '').values())
      if (same.length > 1) findings.push(claimed(same));
    for (const { state, link } of entries) {
      if (link.isInDoubt)
        findings.push({ ...about(link, [entryOf(state, link)]), kind: 'doubt', says: DOUBT });
      if (!isAskedFor(link, range)) continue;
      const looked = censuses.filter(({ account }) => isOf(link.account, account));
      if (looked.length === 0) notSeen.push(notAsked(link));
      const isThere = looked.some(({ existing }) => existing.has(keyOf(link.title, link.id)));
      if (isThere || link.isInDoubt || looked.length === 0) continue;
      const unseen = whyUnseen(link, looked);
      if (unseen === undefined)
        findings.push({ ...about(link, [entryOf(state, link)]), kind: 'gone', says: GONE });
      else if (unseen !== 'told') notSeen.push(unseen);
    }
  }
  // The engine keeps a pending create for ever; what was taken over since is pending no longer.
  for (const [key, creates] of pending)
    if (!claims.has(key))
      for (const { state, create } of creates) findings.push(pendingCreate(state, create));
  return { findings: sorted(findings), notSeen: unique(notSeen) };
}

/** Why it is not known to be gone; `told` where the listing that failed says it. */
function whyUnseen(
  { lifecycle, title, id, account = '', outputs }: StateLink,
  looked: readonly Census[],
): NotSeen | 'told' | undefined {
  const about = { account, title, place: id, action: '' };
  if (!looked.some(({ wouldShow }) => wouldShow(lifecycle, id))) {
    const isTold = looked.some(({ notSeen }) => notSeen.some(({ place }) => id.startsWith(`${place}/`)));
    return isTold ? 'told' : { ...about, code: 'NotListed', says: NOT_LISTED };
  }
  const written = writtenAt(outputs);
  const isYoung = looked.some(
    ({ begun, consistencyWindow: most }) => written !== undefined && begun - written < most,
  );
  return isYoung ? { ...about, code: 'TooYoung', says: YOUNG } : undefined;
}

const YOUNG = 'It was made a moment ago, and a listing may not show it yet: audit again in a minute.';
const NOT_LISTED =
  'A given stack has it, and its region is none that is listed by itself: name it with --region.';

const isOf = (stored: string | undefined, account: string) => stored === undefined || stored === account;

const entryOf = ({ stack }: StackState, { name }: StateLink | PendingCreate): string => `${stack}: ${name}`;

function about({ title, id, account = '' }: StateLink, stacks: string[]) {
  return { title, id, account, stacks };
}

function ofExisting(
  { account, begun }: Census,
  one: Existing,
  claims: readonly Claim[],
  isPending: boolean,
): readonly Finding[] {
  const { title, id, madeAt, trouble, lifecycle } = one;
  const time = madeAt === undefined ? {} : { madeAt: new Date(madeAt).toISOString() };
  const stacks = claims.map(({ state, link }) => entryOf(state, link));
  const found = { title, id, account, stacks, ...time };
  const findings: Finding[] = [];
  if (claims.length === 0 && !isPending) {
    const young = madeAt !== undefined && madeAt > begun ? YOUNGER : '';
    const says = `No given stack has it.${young} To take it over: adopt: true, or ALICLOUD_MEDIA_ADOPT='${adoptedBy(lifecycle.description, id)}'.`;
    findings.push({ ...found, kind: 'dangling', says });
  }
  if (trouble !== undefined)
    findings.push({ ...found, kind: 'trouble', says: `${trouble}. ${lifecycle.description.stops}` });
  for (const { state, link } of claims) {
    const own = Date.parse(String(link.outputs.createTime));
    if (link.isInDoubt || isSameMoment(own, madeAt)) continue;
    const says = `The stack has one that was created ${new Date(own).toISOString()}. ${ANOTHER}`;
    findings.push({ ...found, stacks: [entryOf(state, link)], kind: 'another', says });
  }
  return findings;
}

function claimed(entries: readonly Claim[]): Finding {
  const [{ link } = { link: undefined }] = entries;
  const stacks = entries.map(({ state, link: each }) => `${entryOf(state, each)} (${state.from})`);
  const { title = '', id = '', account = '' } = link ?? {};
  return { title, id, account, stacks, kind: 'claimed', says: CLAIMED };
}

function pendingCreate(state: StackState, create: PendingCreate): Finding {
  const { title, id = '' } = create;
  return { title, id, account: '', stacks: [entryOf(state, create)], kind: 'pending', says: PENDING };
}

const YOUNGER = ' It was made after the states were read: a run may be under way.';
const DOUBT =
  'Its create was cut off, and nobody knows whether it had its effect: the next `pulumi up` or `pulumi destroy` finds out.';
const GONE =
  'The stack has it, and it does not exist: `pulumi refresh` takes it out, `pulumi up` makes it anew.';
const ANOTHER = 'That one is gone, and somebody made this one: the stack will neither change nor delete it.';
const CLAIMED = 'Each of them would delete it. Take it out of all but one with `pulumi state delete`.';
const PENDING =
  'Its create was under way when the engine was killed: `pulumi-alicloud-media recover` tells whether it exists, and how to go on.';

/** Whether the command was to look at it at all. */
function isAskedFor({ lifecycle, id }: StateLink, { regions, projects }: Range): boolean {
  const names = lifecycle.inputsOf(id);
  if (names === undefined) return true;
  if (regions !== undefined && !regions.includes(String(names.region))) return false;
  return (
    projects === undefined || names.projectName === undefined || projects.includes(String(names.projectName))
  );
}

function notAsked({ account = '' }: StateLink): NotSeen {
  const says = `A given stack has resources in this account, and no credentials of it were given: see --profile and --assume-role.`;
  return { account, title: '', place: '', action: '', code: 'NotAsked', says };
}

function unique(notSeen: readonly NotSeen[]): readonly NotSeen[] {
  return [...new Map(notSeen.map((each) => [JSON.stringify(each), each])).values()];
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  const order = ({ kind, account, title, id, stacks }: Finding) =>
    [ORDER.indexOf(kind), account, title, id, ...stacks].join('\0');
  return [...findings].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** What may be lost or removed wrongly first. */
export const ORDER: readonly Finding['kind'][] = [
  'claimed',
  'another',
  'pending',
  'doubt',
  'gone',
  'trouble',
  'dangling',
];
