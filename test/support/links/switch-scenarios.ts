import { afterAll, beforeAll, expect } from 'vitest';
import { SWITCHES, type Switches, type SwitchName } from '../../../emulator/index.js';
import { IS_WIDE } from '../extent.js';
import { combinations, LifecycleWorld } from '../lifecycle/lifecycle-world.js';
import { isMutating } from './links.js';
import { pairwise } from './pairwise.js';

// Every combination that can interact. A switch is asked only in one place of the emulator, so the product is
// split where a scenario never gets there:
// - IMM and MTS share only throttlingStatus and denialCode; a binding's lifecycle sends nothing to MTS and a
//   bucket's nothing to IMM.
// - bucketInSeveralDatasets needs a binding in another dataset, createBindingMissingBucket and bindMissingBucket a
//   bucket that is missing: each has a scenario of its own, crossed with all the others.
// - The codes of throttling and of denial need a request that is throttled or denied: crossed with every switch that
//   decides what is sent before and after that request.
// - deletedStateMs is one time, and no switch in another combination; deleteDatasetWithBindings is about deleting a
//   dataset, which no lifecycle does.
// - How many rows a listing has decides whether the three switches of paging are asked: below, at and above 100.

const TEN_MINUTES = 600_000;
/** Longer than the time in which the service may not show what was just made. */
export const AFTER_THE_WINDOW = 61_000;

/** What every scenario under every combination has to hold. */
export class SwitchScenarios {
  world!: LifecycleWorld;

  /** Sets the hooks of the test file that calls it. */
  static make(): SwitchScenarios {
    const scenarios = new SwitchScenarios();
    beforeAll(async () => {
      scenarios.world = await LifecycleWorld.start();
    });
    afterAll(() => scenarios.world.close());
    return scenarios;
  }

  /** Runs a scenario for every combination, in `npm test` for every two values together, or for these; a failure names the combination. */
  async forEvery(
    names: readonly SwitchName[],
    scenario: (switches: Partial<Switches>) => Promise<void>,
    rows: readonly Partial<Switches>[] = IS_WIDE ? combinations(names) : everyTwo(names),
  ): Promise<void> {
    for (const switches of rows) {
      try {
        this.world.begin({ switches });
        await scenario(switches);
      } catch (error) {
        throw new Error(`under ${JSON.stringify(switches)}`, { cause: error });
      }
    }
  }

  /** What a step answers; it must end within its time and without a storm of requests. */
  async bounded<T>(work: Promise<T>): Promise<T> {
    const { clock, emulator } = this.world;
    const started = clock.now();
    const sent = emulator.journal().length;
    try {
      return await work;
    } finally {
      expect(clock.now() - started).toBeLessThanOrEqual(TEN_MINUTES);
      expect(emulator.journal().length - sent).toBeLessThan(120);
    }
  }

  async refused(work: Promise<unknown>): Promise<string> {
    return this.bounded(work).then(
      (result) => expect.fail(`it succeeded: ${JSON.stringify(result)}`),
      (error: Error) => error.message,
    );
  }

  /** Nothing was changed but by requests about this link. */
  expectOnly(id: string): void {
    for (const { action, link } of this.world.emulator.journal())
      if (isMutating(action)) expect(link).toBe(id);
  }
}

/** So few combinations that every value of a switch meets every value of each other one. */
export function everyTwo(names: readonly SwitchName[]): Partial<Switches>[] {
  return pairwise(Object.fromEntries(names.map((name) => [name, SWITCHES[name].values])));
}
