import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_STEPS, type Policy, policyOf } from '../../cli/policy/policy.js';
import { TEST_ACCESS_KEY_ID, TEST_ACCOUNT_ID } from '../../emulator/test-key.js';
import { lifecycleOf } from '../support/lifecycle/lifecycle-of.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { LINKS } from '../support/links/links.js';
import type { Engine } from './engine.js';
import { callsOf, isToEnd } from './one-case.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { Worlds } from './worlds.js';

const DENIED = { name: 'denied', rule: { kind: 'denied' }, spec: {} } as const;

/** An up of these operations neither reads nor deletes: others do. */
const OWN_STEPS = { up: ['create', 'update'], refresh: ['read'], destroy: ['delete'] } as const;

let worlds: Worlds;
beforeAll(async () => {
  worlds = await Worlds.start();
});
afterAll(() => worlds.close());

/** What a stack that has this resource needs for this command. */
function policyFor({ link, command }: Scenario, { inputs, state }: Engine): Policy {
  const properties = { ...state, ...inputs, accountId: TEST_ACCOUNT_ID };
  return policyOf([{ lifecycle: lifecycleOf(link.title), properties }], COMMAND_STEPS[command] ?? []);
}

const without = ({ Version, Statement }: Policy, action: string): Policy => ({
  Version,
  Statement: Statement.map(({ Action, ...rest }) => ({
    ...rest,
    Action: Action.filter((one) => one !== action),
  })),
});

/** How the operation ends, with the permissions that `change` leaves of its policy. */
async function end(
  world: LifecycleWorld,
  scenario: Scenario,
  change: (policy: Policy) => Policy,
): Promise<{ readonly error: Error | undefined; readonly said: string }> {
  world.begin();
  const engine = await scenario.prepare(world);
  world.said.length = 0;
  world.emulator.allowOnly(TEST_ACCESS_KEY_ID, change(policyFor(scenario, engine)));
  const error = await scenario.run(engine, {});
  return { error, said: world.said.join('\n') };
}

describe.each(LINKS.map(({ title }) => title))('%s', (title) => {
  const scenarios = SCENARIOS.filter(({ link }) => link.title === title);

  it('lives through every operation with exactly the policy of its stack', async () => {
    const problems = await worlds.problems(scenarios, async (world, scenario) => {
      const { error } = await end(world, scenario, (policy) => policy);
      return error === undefined ? [] : [`${scenario.name}: ${error.message}`];
    });
    expect(problems).toEqual([]);
  });

  it('each action taken away makes the operation that needs it fail with an error that names it', async () => {
    let cases = 0;
    const problems = await worlds.problems(scenarios, async (world, scenario) => {
      const calls = (await callsOf(world, scenario)).filter(({ action }) => action !== 'GetCallerIdentity');
      const service = lifecycleOf(title).description.service;
      const wrong: string[] = [];
      for (const action of new Set(calls.map((call) => call.action))) {
        const { error } = await end(world, scenario, (policy) => without(policy, `${service}:${action}`));
        const own = calls.filter((call) => call.action === action);
        const mustEnd = own.some((call) => isToEnd({ scenario, call, times: 1, fault: DENIED as never }));
        cases += 1;
        if (mustEnd && !error?.message.includes(action))
          wrong.push(`${scenario.name} without ${action}: ${error?.message ?? 'it went through'}`);
      }
      return wrong;
    });
    expect(problems).toEqual([]);
    expect(cases).toBeGreaterThan(scenarios.length);
  });

  it('has no action beside a step that no operation of that step sends', async () => {
    const unused = new Set<string>();
    const sent = new Set<string>();
    await worlds.problems(scenarios, async (world, scenario) => {
      world.begin();
      const { inputs, state } = await scenario.prepare(world);
      const subject = { lifecycle: lifecycleOf(title), properties: { ...state, ...inputs } };
      const { command } = scenario;
      for (const { Action } of policyOf([subject], OWN_STEPS[command]).Statement)
        for (const action of Action) unused.add(`${command} ${action}`);
      for (const { action } of await callsOf(world, scenario))
        sent.add(`${command} ${subject.lifecycle.description.service}:${action}`);
      return [];
    });
    // The service itself asks whether the role may be passed.
    expect([...unused].filter((one) => !sent.has(one) && one !== 'up ram:PassRole')).toEqual([]);
  });
});
