import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Boundary, startEmulator } from '../../emulator/index.js';
import { IS_FULL, thinned } from '../support/extent.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { isMutating } from '../support/links/links.js';
import type { Engine } from './engine.js';
import { linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { adoptLine, begin, type Call, callsOf, wrongState } from './one-case.js';
import { SCENARIOS, type Scenario } from './scenarios.js';

const HOUR = 3_600_000;

let world: LifecycleWorld;
let directory: string;
let stateFile: string;
const calls = new Map<string, readonly Call[]>();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-'));
  stateFile = join(directory, 'state.json');
  world = await LifecycleWorld.start({ stateFile });
  // The clock of the machine, with which requests are signed, goes as the virtual one does.
  vi.useFakeTimers({ toFake: ['Date'] });
  world.clock.moved = (now) => vi.setSystemTime(now);
  for (const scenario of SCENARIOS) {
    const all = await callsOf(world, scenario);
    calls.set(
      scenario.name,
      IS_FULL
        ? all
        : thinned(
            all.filter(({ nth }) => nth === 0),
            SCENARIOS.indexOf(scenario),
          ),
    );
  }
});
afterAll(async () => {
  vi.useRealTimers();
  await world.close();
  rmSync(directory, { recursive: true });
});

/** Does something once, when the call has come to the boundary; the request waits for it. */
function once(call: Call, boundary: Boundary, work: () => void | Promise<void>) {
  let seen = 0;
  let isDone = false;
  const end = world.emulator.onCall((reached, { action }) => {
    if (reached !== boundary || action !== call.action || seen++ !== call.nth) return undefined;
    end();
    isDone = true;
    return work();
  });
  return { isDone: () => isDone, end };
}

/** What holds after whatever happened: the same command again succeeds, and a destroy leaves what others own. */
async function wrongAfter(scenario: Scenario, engine: Engine, error: Error | undefined): Promise<string[]> {
  const problems = leaksIn({
    error: [error?.message, error?.stack],
    said: world.said,
    state: engine.state,
    journal: world.emulator.journal(),
    file: readFileSync(stateFile, 'utf8'),
  });
  let again = error && (await scenario.run(engine, {}));
  // Whose a registration is that was in doubt an hour ago nobody can tell: it says so, with the line that goes on.
  if (again && adoptLine(again) === scenario.link.adoptedBy && scenario.name.includes('in doubt'))
    again = await scenario.run(engine, { environment: { ALICLOUD_MEDIA_ADOPT: scenario.link.adoptedBy } });
  if (again) return [...problems, `after "${error?.message}" the next run failed: ${again.message}`];
  problems.push(...wrongState(world, engine, scenario), ...wrongFile());
  const destroyed = await engine.destroy();
  if (destroyed) problems.push(`the destroy failed: ${destroyed.message}`);
  const left = linksBesideForeign(world);
  return left.length > 0 ? [...problems, `left: ${left.join(', ')}`] : [...problems, ...wrongFile()];
}

/** The file holds what the emulator has acknowledged, all of it and nothing else. */
function wrongFile(): string[] {
  const { state } = JSON.parse(readFileSync(stateFile, 'utf8'));
  return JSON.stringify(state) === JSON.stringify(world.emulator.contents())
    ? []
    : ['the state file differs'];
}

/** What others do meanwhile, and more than one write: both would be of the emulator that has ended. */
const isOfOne = ({ name }: Scenario): boolean => !/meanwhile|entries/.test(name);

describe.each(SCENARIOS)('$name', (scenario) => {
  it('the machine is asleep for an hour at any call: no wrong state, and the next run goes on', async () => {
    const problems: string[] = [];
    for (const call of calls.get(scenario.name) ?? []) {
      for (const boundary of ['arrived', 'after-effect', 'after-reply'] as const) {
        for (const isLost of [false, true]) {
          const engine = await begin(world, scenario);
          // A connection seldom outlives the sleep.
          const kind = 'effect-then-reply-lost';
          if (isLost) world.emulator.addFault({ kind, action: call.action, skip: call.nth });
          const jump = once(call, boundary, () => world.clock.advance(HOUR));
          const error = await scenario.run(engine, {});
          // Where the reply is lost there is no time after it.
          jump.end();
          const found = await wrongAfter(scenario, engine, error);
          const name = `${boundary} of ${call.action} ${call.nth + 1}${isLost ? ', reply lost' : ''}`;
          if (!jump.isDone() && !(isLost && boundary === 'after-reply')) found.push('nobody slept');
          problems.push(...found.map((problem) => `${name}: ${problem}`));
        }
      }
    }
    expect(problems).toEqual([]);
  });

  it.runIf(isOfOne(scenario))(
    'the emulator is ended at any call and started again with its state file: overcome within the run',
    async () => {
      const problems: string[] = [];
      for (const call of calls.get(scenario.name) ?? []) {
        for (const boundary of ['arrived', 'before-effect', 'after-effect'] as const) {
          const engine = await begin(world, scenario);
          let restarted: Promise<void> | undefined;
          const crash = once(call, boundary, () => {
            restarted = restartEmulator();
            // No time passes for the provider until it is up again; this request is answered by nobody.
            world.clock.held = restarted;
            return new Promise<void>(() => {});
          });
          const error = await scenario.run(engine, {});
          crash.end();
          await restarted;
          const found = await wrongAfter(scenario, engine, error);
          if (error) found.push(`not overcome: ${error.message}`);
          if (!restarted) found.push('nobody ended it');
          problems.push(
            ...found.map((problem) => `${boundary} of ${call.action} ${call.nth + 1}: ${problem}`),
          );
        }
      }
      expect(problems).toEqual([]);
    },
  );

  it.runIf(isOfOne(scenario))(
    'the disk of the emulator is full for two tries of a call: overcome; for good: one clear error, and the next run succeeds',
    async () => {
      const problems: string[] = [];
      const writes = (calls.get(scenario.name) ?? []).filter(({ action }) => isMutating(action));
      for (const call of writes) {
        for (const forTries of [2, Number.POSITIVE_INFINITY]) {
          const engine = await begin(world, scenario);
          let tries = 0;
          const end = world.emulator.onCall((boundary, { action }) => {
            if (boundary === 'arrived' && action === call.action)
              world.emulator.setDiskFull(tries++ < forTries);
          });
          const error = await scenario.run(engine, {});
          end();
          world.emulator.setDiskFull(false);
          const found = await wrongAfter(scenario, engine, error);
          if (forTries === 2 && error) found.push(`not overcome: ${error.message}`);
          // A delete of what is gone writes nothing that a disk has to hold.
          const isWritten = !scenario.name.includes('delete of one that is gone');
          if (forTries > 2 && isWritten && !error?.message.includes('The state file cannot be written'))
            found.push(`no clear error: ${error?.message}`);
          problems.push(...found.map((problem) => `${call.action} full for ${forTries}: ${problem}`));
        }
      }
      expect(problems).toEqual([]);
    },
  );
});

async function restartEmulator(): Promise<void> {
  const { url } = world.emulator;
  const before = JSON.stringify(world.emulator.contents());
  await world.emulator.close();
  world.emulator = await startEmulator({
    clock: world.clock,
    seed: 2,
    stateFile,
    port: Number(new URL(url).port),
  });
  // What was acknowledged is there; switches are not in the file, and `begin` sets the same ones.
  expect(JSON.stringify(world.emulator.contents())).toBe(before);
  world.clock.held = undefined;
}
