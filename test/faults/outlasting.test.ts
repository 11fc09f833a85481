import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, FAULTS, type FaultKind, type FaultSpec } from '../../emulator/index.js';
import { KeptError, StepError } from '../../provider/hosts/step-error.js';
import { IS_FULL, thinned } from '../support/extent.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { corners } from './corners.js';
import type { Engine } from './engine.js';
import { ENDING } from './fault-cases.js';
import { linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { adoptLine, begin, callsOf, landed, MAKING, wrongState } from './one-case.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { Worlds } from './worlds.js';

const TIMEOUT = 120_000;
const CUSTOM_TIMEOUTS = { create: '2m', update: '2m', delete: '2m' };
/** A read has no timeout of its own in a program. */
const READ_TIMEOUT = 600_000;
/** For how long a diff waits to learn the account. */
const DIFF_PATIENCE = 10_000;
/** A try that would begin after the timeout is not made: so much earlier it may end. */
const LONGEST_PAUSE = 20_000;
/** Real milliseconds that a reply may take here. */
const PATIENCE = 60;

interface Case {
  readonly scenario: Scenario;
  readonly kind: FaultKind;
  readonly action: string;
  /** The command that follows, when the fault is over. */
  readonly next: (typeof NEXT)[number];
}

const NEXT = ['again', 'destroy'] as const;

let worlds: Worlds;
const actions = new Map<string, readonly string[]>();
const count = { cases: 0, ended: 0, kept: 0 };

beforeAll(async () => {
  // The longest pauses, and so the fewest tries.
  worlds = await Worlds.start({ random: () => 0.999 });
  await worlds.problems(SCENARIOS, async (world, scenario) => {
    const calls = await callsOf(world, scenario);
    actions.set(scenario.name, [...new Set(calls.map(({ action }) => action))]);
    return [];
  });
});
afterAll(async () => {
  const { cases, ended, kept } = count;
  console.log(
    `${cases} faults that do not end: ${ended} ended at the timeout, ${kept} of them kept in the state`,
  );
  await worlds.close();
});

function casesOf(kind: FaultKind): Case[] {
  const sites = SCENARIOS.flatMap((scenario) =>
    (actions.get(scenario.name) ?? [])
      .filter((action) => canStrike(kind, action))
      .map((action) => ({ scenario, call: { action } })),
  );
  // Only an up may leave something that another command has to find.
  const followers = ({ command }: Scenario) => (command === 'up' ? NEXT : NEXT.slice(0, 1));
  return (IS_FULL ? sites : thinned(corners(sites), FAULT_KINDS.indexOf(kind), 7)).flatMap(
    ({ scenario, call: { action } }, number) => {
      const all = followers(scenario);
      const next = IS_FULL ? all : [all[number % all.length] ?? 'again'];
      return next.map((one) => ({ scenario, kind, action, next: one }));
    },
  );
}

function canStrike(kind: FaultKind, action: string): boolean {
  const spec: FaultSpec = FAULTS[kind];
  return spec.actions?.includes(action) ?? true;
}

describe('a fault that strikes always', () => {
  // An answer that ends an operation ends it at the first strike as at the hundredth: product.test.ts.
  const kinds = FAULT_KINDS.filter((kind) => !ENDING.includes(kind) && kind !== 'binding-failed');

  it.each(kinds)(
    '%s: ends at the timeout with one error that names what was last seen; without it the next run succeeds, or a destroy leaves nothing',
    async (kind) => {
      const cases = casesOf(kind);
      count.cases += cases.length;
      expect(await worlds.problems(cases, problemsOf)).toEqual([]);
      expect(cases).not.toEqual([]);
    },
  );
});

async function problemsOf(world: LifecycleWorld, one: Case): Promise<string[]> {
  const { scenario, kind, action, next } = one;
  const problems: string[] = [];
  const engine = await begin(world, scenario);
  engine.inputs = { ...engine.inputs, customTimeouts: CUSTOM_TIMEOUTS };
  if (engine.state) engine.state = { ...engine.state, customTimeouts: CUSTOM_TIMEOUTS };
  const slow = kind === 'slow' || kind === 'late-effect' ? { delayMs: 3 * PATIENCE } : {};
  const stale = kind === 'stale-reads' ? { delayMs: 2 * TIMEOUT } : {};
  world.emulator.addFault({ kind, action, times: 'always', ...slow, ...stale });
  const started = world.clock.now();
  const withheld = /hang|slow|late/.test(kind);
  const error = await scenario.run(engine, {
    config: withheld ? { 'alicloud:clientReadTimeout': String(PATIENCE) } : {},
  });
  const took = world.clock.now() - started;
  await landed(world);
  problems.push(...leaksIn({ error: error?.message, said: world.said, state: engine.state }));
  if (error) {
    count.ended++;
    if (error instanceof KeptError) count.kept++;
    problems.push(...wrongEnd(error, took, one));
  } else problems.push(...wrongState(world, engine, scenario));

  world.emulator.clearFaults();
  world.emulator.releaseBindings();
  // What reads show is right again, too.
  if (kind === 'stale-reads') world.clock.advance(2 * TIMEOUT);
  if (next === 'again') problems.push(...(await again(world, engine, scenario, error)));
  const unknown = engine.state === undefined && linksBesideForeign(world).length > 0;
  if (unknown && !scenario.name.includes('adopt'))
    problems.push(...(await takenOver(world, engine, scenario)));
  else problems.push(...(await destroyed(world, engine, scenario)));
  return problems.map((problem) => `${scenario.name}: ${kind} at ${action}, then ${next}: ${problem}`);
}

function wrongEnd(error: Error, took: number, { scenario, kind, action }: Case): string[] {
  const problems: string[] = [];
  const step = error instanceof KeptError ? error.failure : error;
  if (!(step instanceof StepError)) return [`the error is no StepError: ${error.stack}`];
  if (kind === 'effect-twice' && MAKING.includes(action))
    return adoptLine(error) === scenario.link.adoptedBy
      ? []
      : [`no line to take it over in: ${error.message}`];
  const isRead = error.message.startsWith('cannot read ');
  // A diff asks first, and goes on without an answer.
  const diff = action === 'GetCallerIdentity' && scenario.name.includes(' update') ? DIFF_PATIENCE : 0;
  const bound = (isRead ? READ_TIMEOUT : TIMEOUT) + diff;
  if (took > bound || took < bound - LONGEST_PAUSE)
    problems.push(`it ended after ${took} ms: ${error.message}`);
  const lastSeen = new RegExp(`${action}: |last seen: |it is still|is already`);
  if (!lastSeen.test(error.message)) problems.push(`it does not say what was last seen: ${error.message}`);
  return problems;
}

/** What a person does: the same command again. */
async function again(
  world: LifecycleWorld,
  engine: Engine,
  scenario: Scenario,
  before: Error | undefined,
): Promise<string[]> {
  let error = await scenario.run(engine, {});
  const id = before && error && adoptLine(error);
  if (id === scenario.link.adoptedBy)
    error = await scenario.run(engine, { environment: { ALICLOUD_MEDIA_ADOPT: id } });
  return error ? [`the next run failed: ${error.message}`] : wrongState(world, engine, scenario);
}

/** Something is there that the state does not know: the next up names it, and how to take it over. */
async function takenOver(world: LifecycleWorld, engine: Engine, scenario: Scenario): Promise<string[]> {
  const error = await engine.up();
  const id = error && adoptLine(error);
  if (id !== scenario.link.adoptedBy) return [`lost, and the next up says ${error?.message ?? 'nothing'}`];
  const second = await engine.up({ environment: { ALICLOUD_MEDIA_ADOPT: id } });
  return second ? [`not taken over: ${second.message}`] : destroyed(world, engine, scenario);
}

async function destroyed(world: LifecycleWorld, engine: Engine, { name, link }: Scenario): Promise<string[]> {
  let error = await engine.destroy();
  // The service keeps no time of a registration: so long after its last try nobody can tell whose it is.
  if (error?.message.includes('the service keeps no time of it') && adoptLine(error) === link.adoptedBy)
    error = await engine.destroy({ environment: { ALICLOUD_MEDIA_ADOPT: link.adoptedBy } });
  if (error) return [`the destroy failed: ${error.message}`];
  const left = linksBesideForeign(world);
  // Not taken over yet, so it is somebody else's and was left alone.
  const expected = name.includes('adopt') && left.length > 0 ? [link.id] : [];
  return left.join() === expected.join() ? [] : [`after the destroy: ${left.join(', ')}`];
}
