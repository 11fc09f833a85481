import { lifecycleOfType } from '../../provider/hosts/lifecycle-of-type.js';
import { pluginType, titleOf } from '../../provider/lifecycle/description.js';
import { adoptedBy } from '../../provider/lifecycle/ids.js';
import type { Lifecycle, Properties } from '../../provider/lifecycle/lifecycle.js';
import { urnParts } from '../states/urn.js';
import type { Allowed } from './allowed.js';
import { isHidden, SECRET, textIn } from './json.js';
import { isReplacing, MAKING } from './operations.js';
import type { Preview, Step } from './preview.js';
import type { Finding } from './report.js';

/** A step of a resource of this package. */
interface OwnStep extends Step {
  readonly lifecycle: Lifecycle;
  readonly title: string;
}

/** What is to be deleted or replaced of this package: deletes, then replacements, each by title and id. */
export function findingsIn({ source, steps }: Preview, allowed: Allowed): readonly Finding[] {
  const own = steps.flatMap(ownStep);
  // A preview shows one step of a replacement, or three of them: `replace` has the reasons and both sides.
  const replacing = own.filter(({ op }) => isReplacing(op));
  const replaced = new Map(
    [...replacing, ...replacing.filter(({ op }) => op === 'replace')].map((step) => [step.urn, step]),
  );
  const gone = [...own.filter(({ op }) => op === 'delete'), ...replaced.values()].filter(
    ({ before }) => before?.isExternal !== true,
  );
  const deleted = new Set(steps.filter(({ op }) => op === 'delete').map(({ urn }) => urn));
  const makers = makersIn(own);
  return gone.map((step) => findingOf(step, source, deleted, makers, allowed)).sort(inOrder);
}

export function ownStep(step: Step): readonly OwnStep[] {
  const lifecycle = lifecycleOfType(urnParts(step.urn).type);
  return lifecycle === undefined ? [] : [{ ...step, lifecycle, title: titleOf(lifecycle.description) }];
}

function findingOf(
  step: OwnStep,
  source: Preview['source'],
  deleted: ReadonlySet<string>,
  makers: ReadonlyMap<string, readonly OwnStep[]>,
  allowed: Allowed,
): Finding {
  const { lifecycle, title, urn, op, before, news, differ } = step;
  const { description } = lifecycle;
  const { name, type } = urnParts(urn);
  const change = op === 'delete' ? 'delete' : 'replace';
  const id = before?.id;
  const shown = id === undefined ? null : shownId(lifecycle, id, before?.inputs ?? {});
  const renamed = makers.get(`${title}:${id}`)?.find((maker) => maker.urn !== urn);
  const isRetained = source === 'plan' ? null : before?.isRetained === true;
  const holder = before?.deletedWith;
  // A plan has every argument that differs, also those that change in place.
  const because = differ.filter((key) => source === 'preview' || description.args[key]?.replaces);
  return {
    change,
    title,
    id: shown,
    newId: change === 'delete' ? null : (idIn(lifecycle, news) ?? null),
    name,
    urn,
    host: type === pluginType(description) ? 'plugin' : 'dynamic',
    account: textIn(before?.outputs.accountId) ?? null,
    region: regionOf(step) ?? null,
    effect: effectOf(description, change, isRetained === true),
    because: change === 'delete' ? [] : [...new Set(because)].sort(),
    isProtected: source === 'plan' ? null : before?.isProtected === true,
    isRetained,
    // A replacement does not act on it: the description of a dataset says so.
    isEmptied: change === 'delete' && before?.inputs.forceDestroy === true && isRetained !== true,
    deletedWith: holder === undefined ? null : { urn: holder, isDeleted: deleted.has(holder) },
    renamedTo:
      renamed === undefined
        ? null
        : { urn: renamed.urn, isSameProvider: renamed.provider === before?.provider },
    isAllowed: id !== undefined && allowed.takes(title, id, adoptedBy(description, id)),
  };
}

function effectOf(
  { stops, replacement }: Lifecycle['description'],
  change: Finding['change'],
  isRetained: boolean,
): string {
  if (isRetained && change === 'delete')
    return 'The link stays as it is, and no stack has it any more. Only the entry in the state goes.';
  if (isRetained) return 'the new one is made, and the old link stays as it is: no stack has it any more.';
  return change === 'delete' ? stops : replacement;
}

/** By title and id: the steps that are to have a link which they had not before. */
function makersIn(own: readonly OwnStep[]): ReadonlyMap<string, readonly OwnStep[]> {
  const makers = new Map<string, OwnStep[]>();
  for (const step of own) {
    const id = MAKING.has(step.op) ? idIn(step.lifecycle, step.news) : undefined;
    if (id === undefined) continue;
    const key = `${step.title}:${id}`;
    makers.set(key, [...(makers.get(key) ?? []), step]);
  }
  return makers;
}

/** The id of these inputs; undefined where a name in it is not known yet, or a secret. */
function idIn(lifecycle: Lifecycle, inputs: Properties | undefined): string | undefined {
  const isKnown = namesIn(lifecycle).every((name) => textIn(inputs?.[name]) !== undefined);
  return inputs !== undefined && isKnown ? lifecycle.idOf(inputs) : undefined;
}

/** Pulumi shows an id in clear, also where the program made a name in it a secret. A comment has more readers. */
function shownId(lifecycle: Lifecycle, id: string, inputs: Properties): string {
  const hidden = namesIn(lifecycle).filter((name) => isHidden(inputs[name]));
  if (hidden.length === 0) return id;
  const named = lifecycle.inputsOf(id);
  if (named === undefined) return SECRET;
  return lifecycle.idOf({ ...named, ...Object.fromEntries(hidden.map((name) => [name, SECRET])) });
}

function namesIn({ description }: Lifecycle): readonly string[] {
  return [...description.idFormat.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function regionOf({ lifecycle, before, differ, news }: OwnStep): string | undefined {
  if (before === undefined) return differ.includes('region') ? undefined : textIn(news?.region);
  const { outputs, inputs, id = '' } = before;
  return textIn(outputs.region) ?? textIn(inputs.region) ?? textIn(lifecycle.inputsOf(id)?.region);
}

function inOrder(a: Finding, b: Finding): number {
  for (const key of ['change', 'title', 'id', 'urn'] as const) {
    const [left, right] = [a[key] ?? '', b[key] ?? ''];
    // By code units, as no locale of a machine decides.
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
