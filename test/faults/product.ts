import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { titleOf } from '../../provider/lifecycle/description.js';
import { IS_FULL, thinned } from '../support/extent.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { corners } from './corners.js';
import { FAULT_CASES, type FaultCase } from './fault-cases.js';
import { type Call, callsOf, problemsOf, type ServedCase } from './one-case.js';
import { SCENARIOS } from './scenarios.js';
import { Worlds } from './worlds.js';

/**
 * The product of fault, call and operation of one resource, a test for each fault. In `npm test` each fault meets each
 * action and each operation; in `npm run test:full` each call of each.
 */
export function testProduct(title: string): void {
  const scenarios = SCENARIOS.filter(({ link }) => link.title === title);
  const calls = new Map<string, readonly Call[]>();
  let worlds: Worlds;
  const count = { steps: 0, plugin: 0 };

  beforeAll(async () => {
    worlds = await Worlds.start();
    await worlds.problems(scenarios, async (world, scenario) => {
      calls.set(scenario.name, await callsOf(world, scenario));
      return [];
    });
  });
  afterAll(async () => {
    console.log(
      `${title}: a fault at a call of an operation: ${count.steps} cases served by the steps, ${count.plugin} by the plugin`,
    );
    await worlds.close();
  });

  /** The plugin runs the same steps, so what holds there holds of both: they take turns. */
  const casesOf = (fault: FaultCase): ServedCase[] => {
    const sites = scenarios.flatMap((scenario) =>
      (calls.get(scenario.name) ?? [])
        .filter(({ action }) => fault.spec.actions?.includes(action) ?? true)
        .map((call) => ({ scenario, call })),
    );
    const turn = (number: number) => SERVERS[number % SERVERS.length] ?? 'steps';
    if (IS_FULL)
      return sites.flatMap((site, number) =>
        [1, 2].map((times) => ({ ...site, fault, times, server: turn(number + times) })),
      );
    return thinned(corners(sites), FAULT_CASES.indexOf(fault)).map((site, number) => {
      const times = 1 + (Math.floor(number / 2) % 2);
      return { ...site, fault, times, server: turn(number) };
    });
  };

  it(`${title}: the plugin sends what the steps send`, async () => {
    const different = await worlds.problems(scenarios, async (world, scenario) => {
      world.server = 'plugin';
      const sent = await callsOf(world, scenario);
      return isDeepStrictEqual(sent, calls.get(scenario.name)) ? [] : [scenario.name];
    });
    expect(different).toEqual([]);
  });

  describe(`${title}, at ${IS_FULL ? 'every call of every operation' : 'each action and each operation'}, struck once and twice, on the steps and the plugin in turn`, () => {
    it.each(FAULT_CASES.map((fault) => ({ fault, name: fault.name })))(
      '$name: overcome, or one clear error and a next run that succeeds; nothing lost, nothing foreign touched',
      async ({ fault }) => {
        const cases = casesOf(fault);
        for (const { server } of cases) count[server]++;
        expect(await worlds.problems(cases, problemsOf)).toEqual([]);
        // A fault that strikes nothing here would prove nothing.
        const applies =
          fault.spec.actions?.some((action) =>
            [...calls.values()].flat().some((call) => call.action === action),
          ) ?? true;
        expect(cases.length > 0).toBe(applies);
      },
    );
  });

  it(`${title}: every call that it may send was struck`, () => {
    const { ramActions } =
      LIFECYCLES.find(({ description }) => titleOf(description) === title)?.description ?? {};
    // What is no request of the provider's own has no call.
    const documented = ramActions
      ?.filter(({ action, steps }) => !action.startsWith('ram:') && steps.join() !== 'audit')
      .map(({ action }) => action.replace(/^.*:/, ''));
    expect([...(documented ?? []), 'GetCallerIdentity'].sort()).toEqual(
      [...new Set([...calls.values()].flat().map(({ action }) => action))].sort(),
    );
  });
}
