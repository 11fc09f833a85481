import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SWITCHES, type SwitchName } from '../../emulator/index.js';
import type { RamPolicy } from '../../emulator/ram/policy.js';
import { TEST_ACCESS_KEY_ID } from '../../emulator/test-key.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { FAULT_CASES } from '../faults/fault-cases.js';
import { LifecycleWorld, type Setting } from '../support/lifecycle/lifecycle-world.js';
import { AFTER_THE_WINDOW, SwitchScenarios } from '../support/links/switch-scenarios.js';

const DATASETS = 20;
/** Under way at once, as the engine has them on two processors. */
const PARALLEL = 8;
const OTHERS = 'cn-shanghai/media/videos/oss://others';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const of = (action: string) => world.emulator.journal().filter((entry) => entry.action === action);
const ofProject = () => of('ListBindings').filter(({ params }) => params.DatasetName === undefined);
const refused = () => of('ListBindings').filter(({ code }) => code !== '');

/** What a policy that names datasets allows: all that deletes of bindings need. */
function allowDatasets({ emulator }: LifecycleWorld, names: readonly string[]): void {
  const Action = ['ListBindings', 'GetBinding', 'DeleteBinding'].map((action) => `imm:${action}`);
  const Resource = names.map((name) => `acs:imm:*:*:project/media/dataset/${name}`);
  const policy: RamPolicy = { Version: '1', Statement: [{ Effect: 'Allow', Action, Resource }] };
  emulator.allowOnly(TEST_ACCESS_KEY_ID, policy);
}

interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** A binding in each of these datasets, which another process of the provider knows from the state. */
async function make(
  names: readonly string[],
  suffix = '',
  of = world,
  setting: Setting = {},
): Promise<readonly Made[]> {
  const made = names.map((datasetName) =>
    of.binding.create({
      projectName: 'media',
      datasetName,
      uri: `oss://${datasetName}${suffix}`,
      region: 'cn-shanghai',
    }),
  );
  const links = await Promise.all(made);
  of.clock.advance(AFTER_THE_WINDOW);
  of.restartProvider(setting);
  of.emulator.clearJournal();
  return links;
}

const NAMES = Array.from({ length: DATASETS }, (_, index) => `dataset-${index}`);

/** Makes bindings in many datasets, and deletes them eight at a time in eight datasets. Gives what is left of them. */
async function destroy(each: number, between: () => unknown = () => {}): Promise<readonly string[]> {
  for (const name of NAMES) world.emulator.createDataset('media', name);
  const links: Made[] = [];
  for (let turn = 0; turn < each; turn++) links.push(...(await make(NAMES, `-${turn}`)));
  world.emulator.createBinding(OTHERS);
  between();
  while (links.length > 0) {
    const some = links.splice(0, PARALLEL);
    await Promise.all(some.map(({ id, outputs }) => world.binding.delete(id, outputs)));
  }
  const left = world.emulator.bindings().map(({ link }) => link);
  expect(left).toContain(OTHERS);
  return left.filter((link) => link !== OTHERS && !link.includes('/full-'));
}

/** With keys that have expired nothing more is sent, whatever it is. */
const STRIKING = FAULT_CASES.filter(
  ({ rule, spec }) => rule.kind !== 'expired' && (spec.actions?.includes('ListBindings') ?? true),
);

describe('deletes of bindings in many datasets of a project', () => {
  it.each(SWITCHES.listBindingsOfProject.values)(
    'succeed whatever a listing of the project answers, and ask for one that is of no use once (%s)',
    async (listBindingsOfProject) => {
      world.emulator.set({ listBindingsOfProject });
      expect(await destroy(2)).toEqual([]);
      // The first delete does not know yet that there are others, and listings go on being of use.
      const ofDatasets = of('ListBindings').length - ofProject().length;
      if (listBindingsOfProject === 'all') expect(ofDatasets).toBeLessThanOrEqual(2);
      else expect(ofProject()).toHaveLength(1);
      expect(of('GetBinding')).toEqual([]);
    },
  );

  it('need no permission to list the project, and ask for it once', async () => {
    const left = await destroy(2, () => allowDatasets(world, NAMES));
    expect(left).toEqual([]);
    expect(refused()).toHaveLength(1);
  });

  it('leave the listing of a project whose bindings take more than one page, after one look', async () => {
    const left = await destroy(2, () => {
      for (let full = 0; full < 20; full++) {
        world.emulator.createDataset('media', `full-${full}`);
        for (let n = 0; n < 10; n++)
          world.emulator.createBinding(`cn-shanghai/media/full-${full}/oss://full-${full}-${n}`);
      }
    });
    expect(left).toEqual([]);
    expect(ofProject()).toHaveLength(1);
  });

  it('leave what somebody made in place of one, and send nothing for one that somebody deleted', async () => {
    const remade = 'cn-shanghai/media/dataset-7/oss://dataset-7-0';
    const [gone, lost] = [remade.replaceAll('-7', '-8'), remade.replaceAll('-7', '-9')];
    const left = await destroy(1, () => {
      world.emulator.deleteBinding(remade);
      world.clock.advance(10_000);
      world.emulator.createBinding(remade);
      world.emulator.deleteBinding(gone);
      world.emulator.addFault({
        kind: 'effect-then-reply-lost',
        action: 'DeleteBinding',
        link: lost,
        times: 1,
      });
    });
    expect(left).toEqual([remade]);
    const deleted = of('DeleteBinding').map(({ link }) => link);
    expect(deleted).toContain(lost);
    expect(deleted).not.toContain(remade);
    expect(deleted).not.toContain(gone);
  });

  it('call nothing gone that a listing of the project never showed', async () => {
    const links = await make(['videos', 'archive']);
    world.emulator.set({ listBindingsOfProject: 'none' });
    const [acknowledged = '', gone = ''] = links.map(({ id }) => id);
    world.emulator.deleteBinding(gone);
    // Whoever acknowledges it does not do it.
    const body = JSON.stringify({ RequestId: '5E2A4B1C-0000-4000-8000-000000000000' });
    const rule = { kind: 'answered', action: 'DeleteBinding', link: acknowledged, times: 1 } as const;
    world.emulator.addFault({ ...rule, status: 200, body });
    await Promise.all(links.map(({ id, outputs }) => world.binding.delete(id, outputs)));
    expect(world.emulator.bindings()).toEqual([]);
    expect(of('DeleteBinding').map(({ link }) => link)).toEqual([acknowledged, acknowledged]);
  });

  it.each([null, {}, { DatasetName: 'videos' }, { URI: 'oss://videos' }])(
    'call nothing gone by a listing of the project in which a row does not say what it is (%j)',
    async (row) => {
      const links = await make(['videos', 'archive']);
      const [acknowledged = ''] = links.map(({ id }) => id);
      const RequestId = '5E2A4B1C-0000-4000-8000-000000000000';
      const answered = { kind: 'answered', status: 200 } as const;
      const body = JSON.stringify({ RequestId });
      const acknowledging = { action: 'DeleteBinding', link: acknowledged, times: 1, body };
      world.emulator.addFault({ ...answered, ...acknowledging });
      const listed = JSON.stringify({ RequestId, Bindings: [row] });
      // The first has shown both.
      const others = {
        action: 'ListBindings',
        link: 'cn-shanghai/media',
        skip: 1,
        times: 'always',
        body: listed,
      } as const;
      world.emulator.addFault({ ...answered, ...others });
      await Promise.all(links.map(({ id, outputs }) => world.binding.delete(id, outputs)));
      expect(world.emulator.faults().map(({ struck }) => struck > 0)).toEqual([true, true]);
      expect(world.emulator.bindings()).toEqual([]);
      expect(of('DeleteBinding').filter(({ link }) => link === acknowledged)).toHaveLength(2);
    },
  );

  it.each(STRIKING)(
    'succeed, with nothing left and nothing foreign touched, whatever befalls that listing: $name',
    async ({ rule, setting }) => {
      world.begin(setting);
      world.emulator.createBinding(OTHERS);
      const links = await make(['videos', 'archive'], '', world, setting);
      world.emulator.addFault({ ...rule, action: 'ListBindings', link: 'cn-shanghai/media', times: 1 });
      await Promise.all(links.map(({ id, outputs }) => world.binding.delete(id, outputs)));
      expect(world.emulator.faults().map(({ struck }) => struck)).toEqual([1]);
      expect(world.emulator.bindings().map(({ link }) => link)).toEqual([OTHERS]);
      expect(
        of('DeleteBinding')
          .map(({ link }) => link)
          .sort(),
      ).toEqual(links.map(({ id }) => id).sort());
    },
  );
});

describe('two deletes in two datasets of a project', { timeout: 120_000 }, () => {
  const scenarios = SwitchScenarios.make();
  const SWITCHED: readonly SwitchName[] = [
    'listBindingsOfProject',
    'deleteMissingBinding',
    'getDeletedBinding',
    'deletedStateMs',
    'bindingVisibleAfterMs',
    'notFoundWord',
  ];

  it('end the same, whatever the service does, also where a reply is lost or the listing is denied', () =>
    scenarios.forEvery(SWITCHED, async () => {
      const { world: at } = scenarios;
      for (const trouble of ['none', 'lost', 'denied']) {
        const links = await make(['videos', 'archive'], '', at);
        if (trouble === 'lost')
          at.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'DeleteBinding', times: 1 });
        if (trouble === 'denied') allowDatasets(at, ['videos', 'archive']);
        await Promise.all(links.map(({ id, outputs }) => scenarios.bounded(at.binding.delete(id, outputs))));
        expect(at.emulator.bindings()).toEqual([]);
        at.emulator.allow();
        at.clock.advance(AFTER_THE_WINDOW);
      }
    }));
});
