import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../provider/alicloud/answers/errors.js';
import { thinned } from '../support/extent.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { begin, type Call, callsOf, wrongState } from './one-case.js';
import { SCENARIOS, type Scenario } from './scenarios.js';

const BOUNDARIES = ['before-effect', 'after-effect', 'after-reply'] as const;
type Boundary = (typeof BOUNDARIES)[number];

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
  // The only host that the engine tells of Ctrl-C.
  world.server = 'plugin';
});
afterAll(() => world.close());

/**
 * What is wrong after the run was interrupted at this boundary of this call, and run again; undefined where the run
 * has no such call: how often it looks hangs on the time that its requests take.
 */
async function problemsOf(scenario: Scenario, call: Call, boundary: Boundary): Promise<string[] | undefined> {
  const problems: string[] = [];
  const engine = await begin(world, scenario);
  const cancelled = new AbortController();
  let seen = 0;
  let landed = () => {};
  const effect = new Promise<void>((resolve) => {
    landed = resolve;
  });
  const end = world.emulator.onCall((at, { action }) => {
    if (action !== call.action) return;
    if (at === boundary && seen++ === call.nth) cancelled.abort(new CancelledError());
    // A request that was given up may have its effect after that.
    if (at === 'after-effect' && cancelled.signal.aborted) landed();
    if (boundary === 'after-reply' && cancelled.signal.aborted) landed();
  });
  const error = await scenario.run(engine, { call: { signal: cancelled.signal } });
  if (cancelled.signal.aborted) await effect;
  end();
  if (!cancelled.signal.aborted) return undefined;
  if (error && !error.message.includes('the run was interrupted'))
    problems.push(`it ended with: ${error.message}`);
  // Only the reply of its last call lets an operation end as if nothing had been.
  if (!error && boundary !== 'after-reply') problems.push('it went on');
  if (!error) problems.push(...wrongState(world, engine, scenario));
  problems.push(...leaksIn({ told: [error?.message, ...world.said].join(), state: engine.state }));

  const again = await scenario.run(engine, {});
  if (again) problems.push(`the same command again failed: ${again.message}`);
  problems.push(...wrongState(world, engine, scenario));
  const destroyed = await engine.destroy();
  if (destroyed) problems.push(`the destroy failed: ${destroyed.message}`);
  problems.push(...linksBesideForeign(world));
  return problems.map((problem) => `${call.action} ${call.nth + 1}, ${boundary}: ${problem}`);
}

describe('a run that is interrupted at each boundary of each call, then run again', () => {
  it.each(thinned(SCENARIOS))('$name: ends at once, loses nothing, and converges', async (scenario) => {
    const actions = new Set((await callsOf(world, scenario)).map(({ action }) => action));
    const problems: string[] = [];
    let interrupted = 0;
    for (const action of actions) {
      for (const boundary of BOUNDARIES) {
        for (let nth = 0; ; nth++) {
          const found = await problemsOf(scenario, { action, nth }, boundary);
          if (found === undefined) break;
          problems.push(...found);
          interrupted++;
        }
      }
    }
    expect(problems).toEqual([]);
    expect(interrupted).toBeGreaterThanOrEqual(actions.size * BOUNDARIES.length);
  });
});

it('an interrupted run sends nothing more', async () => {
  world.begin();
  const signal = AbortSignal.abort(new CancelledError());
  const inputs = { bucket: 'ours', region: 'cn-shanghai' };
  await expect(world.served.bucket.create(inputs, { signal })).rejects.toThrow(
    'cannot create mps.OutputBucket cn-shanghai/ours: the run was interrupted, and nothing more is sent.',
  );
  expect(world.emulator.journal()).toEqual([]);
});
