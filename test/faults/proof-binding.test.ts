import { describe, expect, it } from 'vitest';
import { SERVERS } from '../support/lifecycle/served.js';
import { BINDING } from '../support/links/links.js';
import { Engine } from './engine.js';
import { linksBesideForeign } from './foreign.js';
import { adoptLine } from './one-case.js';
import { SharedCloud } from './shared-cloud.js';

const cloud = SharedCloud.make();

describe.each(SERVERS)('imm.DatasetBinding, served by the %s', (server) => {
  cloud.servedBy(server);

  it.each([
    ['nothing else', '{"RequestId":"R"}'],
    ['another binding', '{"RequestId":"R","Binding":{"State":"Ready","URI":"oss://another"}}'],
  ])('a create that had its effect and is answered with a RequestId and %s is ours', async (_, body) => {
    const world = cloud.begin();
    world.emulator.addFault({ kind: 'effect-then-answered', action: 'CreateBinding', status: 200, body });
    const engine = new Engine(world, BINDING);
    expect(await engine.up()).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a URI that the service spells with a slash, or its scheme in capitals, is the one that was asked for', async () => {
    for (const uri of ['oss://ours/', 'OSS://ours']) {
      const world = cloud.begin();
      const at = new Date(world.clock.now()).toISOString();
      const shown = { State: 'Running', URI: uri, CreateTime: at };
      const spelled = (body: object) => JSON.stringify({ RequestId: 'R', ...body });
      const always = { status: 200, times: 'always' } as const;
      world.emulator.addFault({
        ...always,
        kind: 'effect-then-answered',
        action: 'CreateBinding',
        body: spelled({ Binding: shown }),
      });
      const engine = new Engine(world, BINDING);
      expect(await engine.up()).toBeUndefined();
      const rule = world.emulator.addFault({
        ...always,
        kind: 'answered',
        action: 'ListBindings',
        body: spelled({ Bindings: [shown] }),
      });
      expect(await engine.refresh()).toBeUndefined();
      expect(engine.state).toBeDefined();
      world.emulator.clearFaults(rule);
      expect(await engine.destroy()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([]);
    }
  });

  it('returns-existing: one that somebody made before our look, and that reads do not show yet, is refused', async () => {
    const world = cloud.begin();
    world.emulator.set({ createExistingBinding: 'returns-existing', bindingVisibleAfterMs: 10_000 });
    world.emulator.createBinding(BINDING.id);
    world.clock.advance(5_000);
    const engine = new Engine(world, BINDING);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(BINDING.id);
    expect(engine.state).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
  });

  it('a project whose name has the word binding in it, and that is missing, is no missing binding', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, BINDING);
    expect(await engine.up()).toBeUndefined();
    const Message = 'The specified resource Project is not found: binding-x, the binding project.';
    const body = JSON.stringify({ Code: 'ResourceNotFound', Message, RequestId: 'R' });
    for (const action of ['GetBinding', 'ListBindings', 'DeleteBinding'])
      world.emulator.addFault({ kind: 'answered', action, status: 400, body, times: 'always' });
    const { state } = engine;
    expect((await engine.refresh())?.message).toContain('no proof that the binding is gone');
    expect((await engine.destroy())?.message).toContain('no proof that the binding is gone');
    expect(engine.state).toEqual(state);
  });

  it('one that somebody makes again after our delete, whose reply was lost, is left alone by the next try', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, BINDING);
    expect(await engine.up()).toBeUndefined();
    world.clock.advance(61_000);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'DeleteBinding' });
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'after-effect' || action !== 'DeleteBinding') return;
      end();
      world.emulator.createBinding(BINDING.id);
    });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
    expect(world.said.join('\n')).toContain('That one was left alone');
  });

  it('one that is removed and made again while its create waits does not become ours', async () => {
    const world = cloud.begin();
    world.emulator.setBucketRules([{ bucketContains: 'ours', outcome: 'Ready', reason: '' }]);
    let looked = 0;
    world.clock.moved = () => {
      looked += 1;
      if (looked !== 3) return;
      world.emulator.deleteBinding(BINDING.id);
      world.clock.advance(10_000);
      world.emulator.createBinding(BINDING.id);
    };
    const engine = new Engine(world, BINDING);
    const error = await engine.up();
    world.clock.moved = () => {};
    expect(error?.message).toContain('removed while this waited for it');
    expect(engine.state).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
  });

  it('a wait that was cut off is gone on with by the next up, also after a refresh', async () => {
    const world = cloud.begin();
    world.emulator.setBucketRules([{ bucketContains: 'ours', outcome: 'Ready', reason: '' }]);
    const engine = new Engine(world, BINDING, { customTimeouts: { create: '20s' } });
    expect((await engine.up())?.message).toContain('last seen: State Ready');
    expect(await engine.refresh()).toBeUndefined();
    // As the engine has it after a refresh that ended well.
    engine.isHalfMade = false;
    world.emulator.releaseBindings();
    const before = world.emulator.journal().length;
    expect(await engine.up()).toBeUndefined();
    expect(world.emulator.journal().length).toBeGreaterThan(before);
    world.emulator.clearJournal();
    expect(await engine.up()).toBeUndefined();
    expect(world.emulator.journal().filter(({ action }) => action !== 'GetCallerIdentity')).toEqual([]);
  });
});
