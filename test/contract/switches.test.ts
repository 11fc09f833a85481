import { describe, expect, it } from 'vitest';
import type { SwitchName } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { AFTER_THE_WINDOW, SwitchScenarios } from '../support/links/switch-scenarios.js';

// How the product of all switches is split, and why nothing is lost by it: test/support/links/switch-scenarios.ts.
const BINDING: readonly SwitchName[] = [
  'createExistingBinding',
  'deleteMissingBinding',
  'getDeletedBinding',
  'deletedStateMs',
  'recreateWaitMs',
  'notFoundWord',
  'bindingVisibleAfterMs',
];
const DATASET = { projectName: 'media', datasetName: 'videos', region: 'cn-shanghai' };
const LINK = { ...DATASET, uri: 'oss://originals' };
const LINK_ID = 'cn-shanghai/media/videos/oss://originals';
const OTHERS = ['cn-shanghai/media/videos/oss://others', 'cn-shanghai/media/archive/oss://others-2'];

const scenarios = SwitchScenarios.make();

const forEvery =
  (...args: Parameters<SwitchScenarios['forEvery']>) =>
  () =>
    scenarios.forEvery(...args);
const bounded = <T>(work: Promise<T>) => scenarios.bounded(work);
const refused = (work: Promise<unknown>) => scenarios.refused(work);
const expectOnly = (id: string) => scenarios.expectOnly(id);

const bindings = () => scenarios.world.emulator.bindings().map(({ link }) => link);

/** Asked by the reply of a create alone: crossed with what decides when that and later reads are compared. */
const TIMES: readonly SwitchName[] = [
  'createReplyTimeOffMs',
  'createExistingBinding',
  'getDeletedBinding',
  'recreateWaitMs',
  'bindingVisibleAfterMs',
];

describe('a dataset binding', { timeout: 120_000 }, () => {
  const create = (more: Properties = {}) => bounded(scenarios.world.binding.create({ ...LINK, ...more }));
  const read = (outputs: Properties) => bounded(scenarios.world.binding.read(LINK_ID, outputs));
  const remove = (outputs: Properties) => bounded(scenarios.world.binding.delete(LINK_ID, outputs));

  const life = async () => {
    for (const other of OTHERS) scenarios.world.emulator.createBinding(other);
    const first = await create();
    expect(first).toMatchObject({ id: LINK_ID, outputs: { ...LINK, status: 'Active' } });
    expect(bindings()).toEqual([...OTHERS, LINK_ID]);

    expect(await refused(create())).toContain(`ALICLOUD_MEDIA_ADOPT='${LINK_ID}'`);
    const adopted = await create({ adopt: true });
    expect(adopted.outputs.createTime).toBe(first.outputs.createTime);
    expect(scenarios.world.said.filter((line) => line.includes('took it over'))).toHaveLength(1);
    expect(await read(first.outputs)).toEqual({ id: LINK_ID, inputs: LINK, outputs: first.outputs });

    // Two entries have it now, and neither may remove it under the other.
    await remove(first.outputs);
    expect(bindings()).toEqual([...OTHERS, LINK_ID]);

    scenarios.world.emulator.deleteBinding(LINK_ID);
    scenarios.world.clock.advance(AFTER_THE_WINDOW);
    expect(await read(adopted.outputs)).toBeUndefined();

    const second = await create();
    await remove(second.outputs);
    expect(bindings()).toEqual(OTHERS);
    const third = await create();
    expect(third.outputs.createTime).not.toBe(second.outputs.createTime);
    expect(await read(third.outputs)).toMatchObject({ outputs: { status: 'Active' } });
    await remove(third.outputs);
    await remove(third.outputs);
    expect(await read(third.outputs)).toBeUndefined();
    expect(bindings()).toEqual(OTHERS);
    expectOnly(LINK_ID);
  };

  it('lives and ends the same, whatever the service does', forEvery(BINDING, life));
  it('lives and ends the same, whatever time the reply of its create gives', forEvery(TIMES, life));

  it(
    'survives a lost reply of its create and of its delete',
    forEvery(BINDING, async () => {
      scenarios.world.emulator.addFault({
        kind: 'effect-then-reply-lost',
        action: 'CreateBinding',
        times: 1,
      });
      scenarios.world.emulator.addFault({
        kind: 'effect-then-reply-lost',
        action: 'DeleteBinding',
        times: 1,
      });
      const { outputs } = await create();
      expect(outputs.status).toBe('Active');
      expect(bindings()).toEqual([LINK_ID]);
      await remove(outputs);
      expect(bindings()).toEqual([]);
    }),
  );

  it(
    'never takes over the binding of the same bucket to another dataset',
    forEvery([...BINDING, 'bucketInSeveralDatasets'], async ({ bucketInSeveralDatasets }) => {
      const other = 'cn-shanghai/media/archive/oss://originals';
      scenarios.world.emulator.createBinding(other);
      if (bucketInSeveralDatasets === 'allowed') await remove((await create()).outputs);
      else {
        const message = await refused(create({ adopt: true }));
        expect(message).toContain(bucketInSeveralDatasets);
        expect(message).not.toContain('ALICLOUD_MEDIA_ADOPT');
      }
      expect(bindings()).toEqual([other]);
      expectOnly(LINK_ID);
    }),
  );

  it(
    'of a missing bucket is an error, and what the service made of it can be deleted',
    forEvery([...BINDING, 'createBindingMissingBucket'], async ({ createBindingMissingBucket }) => {
      scenarios.world.emulator.setMissingBuckets(['originals']);
      const error = await bounded(create()).catch((thrown: unknown) => thrown);
      if (createBindingMissingBucket === 'Failed') {
        const { outputs } = error as { outputs: Properties };
        expect(outputs).toMatchObject({ status: 'Failed', failedReason: 'start oss tunnel failed' });
        expect((await scenarios.world.binding.diff(outputs, LINK)).replaces).toEqual(['status']);
        await remove(outputs);
      } else {
        expect(String(error)).toContain(LINK_ID);
        expect(error).not.toHaveProperty('outputs');
      }
      expect(bindings()).toEqual([]);
    }),
  );

  it(
    'is never gone and never left because of a denial',
    forEvery(
      ['denialCode', 'notFoundWord', 'getDeletedBinding', 'deleteMissingBinding'],
      async ({ denialCode }) => {
        const deny = (action: string) => scenarios.world.emulator.deny({ action: `imm:${action}` });
        for (const actions of [['ListBindings', 'GetBinding'], ['CreateBinding']]) {
          for (const action of actions) deny(action);
          expect(await refused(create())).toMatch(
            new RegExp(`${actions.at(-1)}: ${denialCode}: .*RAM actions`),
          );
          scenarios.world.emulator.allow();
          // Whoever may not list is not asked to twice: as in another process of the provider.
          scenarios.world.restartProvider();
        }
        expect(bindings()).toEqual([]);
        const { outputs } = await create();
        for (const actions of [['ListBindings', 'GetBinding'], ['DeleteBinding']]) {
          // No listing of before serves any more.
          scenarios.world.clock.advance(2_000);
          for (const action of actions) deny(action);
          expect(await refused(remove(outputs))).toContain(`${actions.at(-1)}: ${denialCode}`);
          expect(bindings()).toEqual([LINK_ID]);
          if (actions.length > 1) expect(await refused(read(outputs))).toContain(`GetBinding: ${denialCode}`);
          scenarios.world.emulator.allow();
          scenarios.world.restartProvider();
        }
        // Listing is not needed where the binding is there.
        deny('ListBindings');
        scenarios.world.restartProvider();
        expect(await read(outputs)).toMatchObject({ id: LINK_ID });
        scenarios.world.emulator.allow();
        scenarios.world.restartProvider();
        await remove(outputs);
        expect(bindings()).toEqual([]);
      },
    ),
  );

  it(
    'passes through throttling of any code, by faults and by the limit',
    forEvery(
      [
        'immThrottlingCode',
        'throttlingStatus',
        'createExistingBinding',
        'notFoundWord',
        'bindingVisibleAfterMs',
      ],
      async () => {
        scenarios.world.emulator.addFault({ kind: 'throttled', times: 3 });
        scenarios.world.emulator.setLimits({ immProjectPerSecond: 3 });
        for (const action of ['GetBinding', 'CreateBinding', 'DeleteBinding', 'ListBindings'])
          scenarios.world.emulator.addFault({ kind: 'throttled', action, times: 2 });
        const { outputs } = await create();
        await remove(outputs);
        expect(bindings()).toEqual([]);
        const codes = scenarios.world.emulator
          .journal()
          .filter(({ fault }) => fault === '')
          .map(({ code }) => code);
        expect(codes).toContain(scenarios.world.emulator.switches.immThrottlingCode);
        scenarios.world.emulator.setLimits({ immProjectPerSecond: 100 });
      },
    ),
  );
});
