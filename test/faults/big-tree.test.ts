import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultSpec } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { IS_FULL, thinned } from '../support/extent.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { SERVERS, type Server } from '../support/lifecycle/served.js';
import { isMutating } from '../support/links/links.js';
import { bigTree, destroyTree } from './big-tree.js';
import { ENDING, FAULT_CASES, type FaultCase, SHOWN_LATE, STALE } from './fault-cases.js';
import { addForeignLinks, linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { landed } from './one-case.js';

/** What a destroy may send. */
const ACTIONS = [
  ...new Set([
    'GetCallerIdentity',
    ...LIFECYCLES.flatMap(({ description: { calls } }) => [calls.remove, ...calls.reads]),
  ]),
];

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());

function begin(server: Server, setting: FaultCase['setting'] = {}) {
  world.server = server;
  world.begin();
  addForeignLinks(world);
  const tree = bigTree(world);
  world.restartProvider(patient(setting));
  world.emulator.clearJournal();
  return tree;
}

/** Milliseconds. Sixteen requests at once are answered more slowly than the one of other tests. */
const PATIENCE = 600;
const patient = ({ config, ...rest }: FaultCase['setting']): FaultCase['setting'] =>
  config === undefined
    ? rest
    : { ...rest, config: { ...config, 'alicloud:clientReadTimeout': String(PATIENCE) } };

const strikes = ({ spec }: FaultCase, action: string): boolean =>
  (spec as FaultSpec).actions?.includes(action) ?? true;

/** The second of its kind is struck, so that something was done before. */
function strike({ rule }: FaultCase, actions: readonly string[]): void {
  for (const action of actions) {
    const skip = action === 'GetCallerIdentity' ? 0 : 1;
    const isLate = rule.delayMs !== undefined && rule.delayMs < STALE;
    world.emulator.addFault({ ...rule, ...(isLate && { delayMs: 2 * PATIENCE }), action, skip, times: 1 });
  }
}

/** A single fault at each of these actions, while 3 projects and all that is in them are destroyed. */
async function problemsOf(server: Server, fault: FaultCase, actions: readonly string[]): Promise<string[]> {
  const tree = begin(server, fault.setting);
  strike(fault, actions);
  const first = await destroyTree(world, tree);
  await landed(world);
  const problems = leaksIn({
    said: world.said,
    errors: first.failed.map(({ error }) => error.message),
    journal: world.emulator.journal(),
  });
  // Only a listing that nobody had to ask for is not struck.
  const idle = world.emulator
    .faults()
    .filter(({ fault: { action }, struck }) => isMutating(action ?? '') && struck === 0);
  problems.push(...idle.map(({ fault: { action } }) => `${action} was not struck`));
  world.emulator.clearFaults();
  const isEnding = ENDING.includes(fault.rule.kind);
  for (const { id, error } of first.failed) {
    if (!isEnding) problems.push(`${id} was not deleted at the first run: ${error.message}`);
    else if (!error.message.includes(id)) problems.push(`the error does not name ${id}: ${error.message}`);
  }
  if (isEnding) {
    if (first.failed.length === 0 && actions.some(isMutating)) problems.push('no error');
    world.restartProvider();
    for (const { id, error } of (await destroyTree(world, first.left)).failed)
      problems.push(`${id} was not deleted at the second run: ${error.message}`);
  }
  const left = linksBesideForeign(world);
  if (left.length > 0) problems.push(`left: ${left.join(', ')}`);
  return problems.map((problem) => `${fault.name} at ${actions.join(', ')}: ${problem}`);
}

describe('3 projects, 30 datasets, 100 bindings, 5 attachments and 20 media buckets are destroyed at the first run', () => {
  const cases = FAULT_CASES.filter((fault) => ACTIONS.some((action) => strikes(fault, action)));

  it.each(
    thinned(
      cases.map((fault, number) => ({ name: fault.name, fault, number })),
      0,
      9,
    ),
  )(
    '$name at each action, once: nothing is left; what ends an operation, at the second run',
    async ({ fault, number }) => {
      const server = SERVERS[number % SERVERS.length] ?? 'steps';
      const actions = ACTIONS.filter((action) => strikes(fault, action));
      if (IS_FULL) {
        for (const one of SERVERS)
          for (const action of actions) expect(await problemsOf(one, fault, [action])).toEqual([]);
      } else if (ENDING.includes(fault.rule.kind)) {
        // After one of these there is nothing to be struck any more in some of the tree.
        for (const action of actions.filter(isMutating))
          expect(await problemsOf(server, fault, [action])).toEqual([]);
      } else expect(await problemsOf(server, fault, actions)).toEqual([]);
    },
  );

  it.each(
    SERVERS.flatMap((server) => [
      { server, name: 'counts what was deleted', switches: { deletedChildLingersMs: STALE } },
      { server, name: 'shows what was deleted', switches: SHOWN_LATE },
      { server, name: 'counts and shows both', switches: { ...SHOWN_LATE, deletedChildLingersMs: STALE } },
    ]),
  )(
    'while the service $name for 30 s more, served by the $server; each wait names what it still sees',
    async ({ server, switches }) => {
      const tree = begin(server);
      world.emulator.set(switches);
      const { failed } = await destroyTree(world, tree);
      expect(failed).toEqual([]);
      expect(linksBesideForeign(world)).toEqual([]);
      const waits = world.statuses.filter((text) => text.includes('waiting until what it holds is gone: '));
      const counts = 'deletedChildLingersMs' in switches;
      expect(waits.length > 0).toBe(counts);
      if (counts && 'objectVisibleAfterMs' in switches)
        expect(waits.join('\n')).toMatch(/\d+ imm\.Dataset \(cn-shanghai\/library-0\/videos-\d+, /);
    },
  );

  it('with no more requests than three for each resource, where nothing goes wrong', async () => {
    const tree = begin('plugin');
    expect((await destroyTree(world, tree)).failed).toEqual([]);
    const journal = world.emulator.journal();
    expect(journal.filter(({ action }) => isMutating(action))).toHaveLength(tree.length);
    expect(journal.length).toBeLessThanOrEqual(3 * tree.length);
  });
});
