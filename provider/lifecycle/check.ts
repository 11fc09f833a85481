import {
  type ArgDescription,
  type FunctionDescription,
  functionTitle,
  type ResourceDescription,
  titleOf,
  type ValueType,
} from './description.js';
import { parseDuration } from './duration.js';
import { shellQuoted } from './failures.js';
import { adoptedBy } from './ids.js';
import type { CheckContext, CheckFailure, CheckResult, Lifecycle, Properties } from './lifecycle.js';
import { isUnknown } from './unknown.js';
import { holdsUnknown, readValue } from './values.js';

const TIMEOUTS = ['create', 'update', 'delete'];

/**
 * Checks every argument by its description, all at once, and fills in `region`. Unknown values pass. `olds` are the
 * inputs that a state has of it.
 */
export function checkArgs(
  lifecycle: Pick<Lifecycle, 'description' | 'idOf'>,
  news: Properties,
  context: CheckContext,
  olds: Properties = {},
): CheckResult {
  const { description } = lifecycle;
  const inputs: Record<string, unknown> = {};
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });

  const title = titleOf(description);
  const given = { ...news, ...namesOfParents(description, news, fail) };
  checkValues({ title, args: description.args }, given, inputs, fail);
  checkRegion(description, inputs, context, fail);
  checkTimeouts(news, inputs, fail);
  checkAdopt(lifecycle, inputs, olds, context, fail);

  const known = [
    ...Object.keys(description.args),
    ...Object.keys(description.parents ?? {}),
    'customTimeouts',
  ];
  refuseOthers({ title, known }, news, fail);
  return { inputs, failures };
}

/** The same of the arguments of a function. */
export function checkAsked(
  description: FunctionDescription,
  given: Properties,
  context: CheckContext,
): CheckResult {
  const inputs: Record<string, unknown> = {};
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const title = functionTitle(description);
  checkValues({ title, args: description.args }, given, inputs, fail);
  checkRegion(description, inputs, context, fail);
  refuseOthers({ title, known: Object.keys(description.args) }, given, fail);
  return { inputs, failures };
}

type Fail = (property: string, reason: string) => void;

function checkValues(
  { title, args }: { readonly title: string; readonly args: ResourceDescription['args'] },
  given: Properties,
  inputs: Record<string, unknown>,
  fail: Fail,
): void {
  for (const [name, arg] of Object.entries(args)) {
    const value = given[name];
    if (value === undefined || value === null) {
      if (arg.required) fail(name, `${title} needs ${name}: ${ruleOf(arg)}.`);
      continue;
    }
    inputs[name] = value;
    if (holdsUnknown(arg, value)) continue;
    const kept = readValue(arg, value);
    if (kept === undefined) fail(name, `${show(value)} is no ${name}: it must be ${ruleOf(arg)}.`);
    else inputs[name] = kept;
  }
}

function refuseOthers(
  { title, known }: { readonly title: string; readonly known: readonly string[] },
  given: Properties,
  fail: Fail,
): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    fail(name, `${title} has no argument ${show(name)}; it takes ${known.join(', ')}.`);
  }
}

/** The names that resources stand for. One that is given besides has to be the same. */
function namesOfParents({ parents = {} }: ResourceDescription, news: Properties, fail: Fail): Properties {
  const names: Record<string, unknown> = {};
  for (const [parent, { type, fills }] of Object.entries(parents)) {
    const given = news[parent];
    if (given === undefined || given === null) continue;
    if (isUnknown(given)) {
      for (const name of [...fills, 'region']) names[name] = news[name] ?? given;
      continue;
    }
    if (typeof given !== 'object') {
      fail(parent, `${show(given)} is no ${type}: give the resource, or its names.`);
      continue;
    }
    for (const name of [...fills, 'region']) {
      const value = (given as Properties)[name];
      const before = news[name] ?? names[name];
      if (before !== undefined && !isUnknown(before) && !isUnknown(value) && before !== value)
        fail(
          name,
          `${show(before)} contradicts ${parent}, whose ${name} is ${show(value)}: leave one of the two out.`,
        );
      names[name] = isUnknown(value) ? (before ?? value) : value;
    }
  }
  return names;
}

function checkRegion(
  { service, args }: Pick<ResourceDescription, 'service' | 'args'>,
  inputs: Record<string, unknown>,
  context: CheckContext,
  fail: Fail,
): void {
  const given = inputs.region;
  if (given === undefined) {
    if (context.region === undefined) {
      fail(
        'region',
        'no region is given: set the argument region, or `pulumi config set alicloud:region <region>`, or ALICLOUD_REGION.',
      );
      return;
    }
    inputs.region = context.region;
  }
  const region = inputs.region;
  if (
    isUnknown(region) ||
    typeof region !== 'string' ||
    !args.region ||
    readValue(args.region, region) === undefined
  )
    return;
  const problem = context.regionProblem(service, region);
  if (problem !== undefined) fail('region', problem);
}

/** `adopt` was said of one link; left in, it would take over whatever link is named next, and a destroy delete it. */
function checkAdopt(
  { description, idOf }: Pick<Lifecycle, 'description' | 'idOf'>,
  inputs: Properties,
  olds: Properties,
  { adoptable }: CheckContext,
  fail: Fail,
): void {
  if (inputs.adopt !== true || olds.adopt !== true) return;
  const names = Object.entries(description.args).filter(([, { replaces }]) => replaces);
  if (names.some(([name]) => isUnknown(inputs[name]) || isUnknown(olds[name]))) return;
  const [before, now] = [idOf(olds), idOf(inputs)];
  if (before === now || adoptable.has(adoptedBy(description, now))) return;
  fail(
    'adopt',
    `adopt: true was said of ${before}, and this names ${now}. Take adopt out, so that somebody else's is ` +
      `not taken over; to take over this one, too, run once with ALICLOUD_MEDIA_ADOPT=${shellQuoted(adoptedBy(description, now))}.`,
  );
}

function checkTimeouts(news: Properties, inputs: Record<string, unknown>, fail: Fail): void {
  const { customTimeouts } = news;
  if (customTimeouts === undefined || customTimeouts === null) return;
  inputs.customTimeouts = customTimeouts;
  if (isUnknown(customTimeouts)) return;
  if (typeof customTimeouts !== 'object' || Array.isArray(customTimeouts)) {
    fail('customTimeouts', `${show(customTimeouts)} is no object of durations.`);
    return;
  }
  for (const [name, value] of Object.entries(customTimeouts)) {
    if (!TIMEOUTS.includes(name))
      fail('customTimeouts', `${show(name)} is no operation: use ${TIMEOUTS.join(', ')}.`);
    else if (!isUnknown(value) && !(Number(parseDuration(value)) > 0)) {
      fail('customTimeouts', `${name}: ${show(value)} is no duration such as 90s, 10m or 1h30m.`);
    }
  }
}

const RULES: Readonly<Record<ValueType, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  int64:
    'a whole number up to 9223372036854775807; above 9007199254740991 as a text of digits, since a number is not exact there',
  tags: 'a map of texts, such as { team: "media" }',
};

function ruleOf({ type, rule }: ArgDescription): string {
  return rule ?? RULES[type];
}

/** A value as a person can find it in the program: quoted, control characters visible, cut where it is long. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  const visible = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return visible.length > 120 ? `${visible.slice(0, 100)}… (${text.length} characters)` : visible;
}
