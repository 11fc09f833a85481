import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { titleOf } from '../../provider/lifecycle/description.js';
import { FAULT_CASES, type FaultCase } from './fault-cases.js';
import { type Call, type Case, callsOf, problemsOf } from './one-case.js';
import { SCENARIOS } from './scenarios.js';
import { Worlds } from './worlds.js';

/** The whole product of fault, call and operation of one resource; a test for each fault. */
export function testProduct(title: string): void {
  const scenarios = SCENARIOS.filter(({ link }) => link.title === title);
  const calls = new Map<string, readonly Call[]>();
  let worlds: Worlds;
  let count = 0;

  beforeAll(async () => {
    worlds = await Worlds.start();
    await worlds.problems(scenarios, async (world, scenario) => {
      calls.set(scenario.name, await callsOf(world, scenario));
      return [];
    });
  });
  afterAll(async () => {
    console.log(`${title}: ${count} cases of a fault at a call of an operation`);
    await worlds.close();
  });

  const casesOf = (fault: FaultCase): Case[] =>
    scenarios.flatMap((scenario) =>
      (calls.get(scenario.name) ?? [])
        .filter(({ action }) => fault.spec.actions?.includes(action) ?? true)
        .flatMap((call) => [1, 2].map((times) => ({ scenario, fault, call, times }))),
    );

  describe(`${title}, at every call of every operation, struck once and struck twice`, () => {
    it.each(FAULT_CASES.map((fault) => ({ fault, name: fault.name })))(
      '$name: overcome, or one clear error and a next run that succeeds; nothing lost, nothing foreign touched',
      async ({ fault }) => {
        const cases = casesOf(fault);
        count += cases.length;
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
    const documented = ramActions?.map(({ action }) => action.replace(/^.*:/, ''));
    expect([...(documented ?? []), 'GetCallerIdentity'].sort()).toEqual(
      [...new Set([...calls.values()].flat().map(({ action }) => action))].sort(),
    );
  });
}
