import { KeptError, StepError } from '../../provider/hosts/step-error.js';
import { isUnfinished, standingOf } from '../../provider/lifecycle/standing.js';
import { CallError } from '../support/dynamic/provider-process.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import type { Server } from '../support/lifecycle/served.js';
import { BINDING, LINKS } from '../support/links/links.js';
import type { Engine } from './engine.js';
import { ENDING, type FaultCase } from './fault-cases.js';
import { addForeignLinks, linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import type { Scenario } from './scenarios.js';

/** One request of an undisturbed run: the n-th of its action, from 0. */
export interface Call {
  readonly action: string;
  readonly nth: number;
}

/** A fault that strikes one call of one operation. */
export interface Case {
  readonly scenario: Scenario;
  readonly fault: FaultCase;
  readonly call: Call;
  readonly times: number;
}

/** A case, and what serves the resources in it. */
export interface ServedCase extends Case {
  readonly server: Server;
}

export const nameOf = ({ scenario, fault, call, times, server }: ServedCase): string =>
  `${scenario.name}: ${fault.name} at ${call.action} ${call.nth + 1}, struck ${times}, served by ${server}`;

/** Every request of the operation when nothing goes wrong. */
export async function callsOf(world: LifecycleWorld, scenario: Scenario): Promise<Call[]> {
  const engine = await begin(world, scenario);
  const error = await scenario.run(engine, {});
  if (error) throw error;
  const counts = new Map<string, number>();
  return world.emulator.journal().map(({ action }) => {
    const nth = counts.get(action) ?? 0;
    counts.set(action, nth + 1);
    return { action, nth };
  });
}

/** The requests that make a link. */
export const MAKING: readonly string[] = LINKS.map(({ makes }) => makes);

/** Whether the operation ends with an error although it may be struck but once or twice. */
export function isToEnd({ fault: { rule }, call, scenario, times }: Case): boolean {
  // What may not be listed is said to be not seen, and waited for like what is.
  if (rule.kind === 'denied' && saysWhatIsHeld(scenario, call)) return false;
  // Whoever may not list asks for each binding; but of one that never was, GetBinding does not say what is not found.
  if (rule.kind === 'denied' && call.action === 'ListBindings' && scenario.link === BINDING)
    return call.nth === 0 && /create$|skipAwait|had none/.test(scenario.name);
  // The first to ask is a diff, which goes on without an answer.
  if (ENDING.includes(rule.kind) && call.action === 'GetCallerIdentity' && isUpdate(scenario))
    return rule.kind === 'expired' || times > 1;
  if (ENDING.includes(rule.kind)) return true;
  // Carried out twice, and the answer is that of the second time: it exists. Ours cannot be told from one that
  // somebody made between our look and our request, so it is refused, with the line that takes it over.
  // After a create in doubt it may be of that.
  if (rule.kind === 'effect-twice' && MAKING.includes(call.action))
    return !scenario.name.includes('in doubt');
  // Not of the request, but of the object: waiting for it ends with what the service says.
  return rule.kind === 'binding-failed' && !scenario.name.includes('skipAwait');
}

/** Whether a call only asks for whose sake a delete was refused. */
const saysWhatIsHeld = ({ name }: Scenario, { action, nth }: Call): boolean =>
  (name.includes('emptied meanwhile') && /^List|^SimpleQuery$/.test(action)) ||
  (name.includes('forceDestroy') && action === 'SimpleQuery' && nth === 0);

const isUpdate = ({ name }: Scenario): boolean => / update/.test(name);

/** What is wrong with how this case went; nothing where all promises hold. */
export async function problemsOf(world: LifecycleWorld, one: ServedCase): Promise<string[]> {
  const { scenario, fault, call, times } = one;
  const problems: string[] = [];
  const hold = (promise: boolean, otherwise: string) => promise || problems.push(otherwise);
  world.server = one.server;
  const engine = await begin(world, scenario);
  world.emulator.addFault({ ...fault.rule, action: call.action, skip: call.nth, times });

  const error = await scenario.run(engine, debug(fault));
  await landed(world);
  const told = [error?.message, ...world.said].join('\n');
  const strikes = world.emulator.journal().filter((entry) => entry.fault !== '');
  // How often it looks hangs on the time that its requests take: this run had fewer than the one that was counted.
  const sent = world.emulator.journal().filter(({ action }) => action === call.action).length;
  hold(strikes.length > 0 || sent <= call.nth, 'the fault struck nothing');
  const mayEnd = isToEnd(one);
  if (error && !mayEnd) problems.push(`not overcome: ${error.message}`);
  if (mayEnd) hold(error !== undefined, 'no error');
  if (error) problems.push(...wrongWith(error, one, strikes.at(-1)));
  const { retryAfterMs = 0 } = fault.rule;
  const waits = world.clock.slept.filter((pause) => pause >= retryAfterMs).length;
  hold(retryAfterMs === 0 || waits >= strikes.length, 'retry-after was not obeyed');
  // Overcome means with the right result, before any other run.
  if (!error) problems.push(...wrongState(world, engine, scenario));
  problems.push(...leaksIn({ told, journal: world.emulator.journal(), state: engine.state }));

  world.emulator.clearFaults();
  if (error) problems.push(...(await nextRun(world, engine, one)));
  const destroyed = await engine.destroy();
  hold(destroyed === undefined, `the destroy failed: ${destroyed?.message}`);
  const left = linksBesideForeign(world);
  hold(left.length === 0, `after the destroy: ${left.join(', ')}`);
  return problems.map((problem) => `${nameOf(one)}: ${problem}`);
}

export async function begin(world: LifecycleWorld, scenario: Scenario): Promise<Engine> {
  world.begin();
  addForeignLinks(world);
  const engine = await scenario.prepare(world);
  world.emulator.clearJournal();
  world.clock.slept.length = 0;
  return engine;
}

function debug({ setting }: FaultCase) {
  return { ...setting, environment: { ALICLOUD_MEDIA_LOG: 'debug' } };
}

/** The same command again, without the fault: it succeeds, or prints the line that takes the link over, and then it does. */
async function nextRun(world: LifecycleWorld, engine: Engine, one: Case): Promise<string[]> {
  const { scenario, fault, call } = one;
  const error = await scenario.run(engine, {});
  if (!error) return wrongState(world, engine, scenario);
  if (fault.rule.kind !== 'effect-twice') return [`the next run failed: ${error.message}`];
  const id = adoptLine(error);
  if (id !== scenario.link.adoptedBy) return [`no line to take ${call.action} over in: ${error.message}`];
  const again = await scenario.run(engine, { environment: { ALICLOUD_MEDIA_ADOPT: id } });
  return again ? [`with the line it failed: ${again.message}`] : wrongState(world, engine, scenario);
}

export function adoptLine(error: Error): string | undefined {
  return /^ {2}ALICLOUD_MEDIA_ADOPT='(.+)'$/m.exec(error.message)?.[1];
}

export function wrongState(world: LifecycleWorld, engine: Engine, { leaves, link }: Scenario): string[] {
  const problems: string[] = [];
  const links = linksBesideForeign(world).join(', ');
  if (links !== (leaves ? link.id : '')) problems.push(`in the cloud: ${links || 'nothing'}`);
  if ((engine.state !== undefined) !== leaves) problems.push(`in the state: ${JSON.stringify(engine.state)}`);
  if (isUnfinished(engine.state ?? {}))
    problems.push(`the state still says ${JSON.stringify(standingOf(engine.state ?? {}))}`);
  return problems;
}

interface Struck {
  readonly action: string;
  readonly code: string;
  readonly requestId: string;
}

/** An error says which step of which link failed, and of the service's answer what a person can search for. */
function wrongWith(error: Error, one: Case, struck: Struck | undefined): string[] {
  const { link } = one.scenario;
  const problems: string[] = [];
  const step = error instanceof KeptError ? error.failure : error;
  // A plugin's error has crossed the protocol.
  if (!(step instanceof StepError || step instanceof CallError))
    return [`the error is none of a step: ${error.stack}`];
  const lead = new RegExp(`^cannot (create|read|update|delete) ${link.title} ${link.id}: `);
  if (!lead.test(error.message)) problems.push(`the error does not begin with the step: ${error.message}`);
  const { kind } = one.fault.rule;
  const wanted =
    kind === 'effect-twice'
      ? ['ALICLOUD_MEDIA_ADOPT=', 'leave it to them']
      : kind === 'binding-failed'
        ? ['State Failed', 'the next `pulumi up` replaces it']
        : [
            `${struck?.action}: ${struck?.code}: `,
            `RequestId ${struck?.requestId}`,
            ...(WHAT_TO_DO[kind] ?? []),
          ];
  for (const text of wanted)
    if (!error.message.includes(text)) problems.push(`the error lacks "${text}": ${error.message}`);
  return problems;
}

const WHAT_TO_DO: Readonly<Record<string, readonly string[]>> = {
  denied: ['Give the caller the RAM actions'],
  expired: ['Renew the credentials', 'These credentials came from'],
  'clock-skew': ['Set the clock of this machine'],
};

/** Until what a fault delays has happened, so that it cannot meet the next run. */
export async function landed({ emulator }: LifecycleWorld): Promise<void> {
  const open = () =>
    emulator.faults().reduce((sum, { struck }) => sum + struck, 0) -
    emulator.journal().filter(({ fault }) => fault !== '').length;
  await new Promise<void>((resolve) => {
    const end = emulator.onCall((boundary) => {
      if (boundary !== 'after-effect' || open() > 0) return;
      end();
      resolve();
    });
    if (open() > 0) return;
    end();
    resolve();
  });
}
