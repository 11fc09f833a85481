import { describe, expect, it } from 'vitest';
import { doubtOf } from '../../provider/lifecycle/standing.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { LINKS, type Link, unawaited } from '../support/links/links.js';
import { Engine } from './engine.js';
import { SHOWN_LATE } from './fault-cases.js';
import { linksBesideForeign } from './foreign.js';
import { adoptLine } from './one-case.js';
import { SharedCloud } from './shared-cloud.js';

const SERVED_LINKS = LINKS.flatMap((link) => SERVERS.map((server) => ({ title: link.title, link, server })));
/** Longer than the window by far; pop-core signs with the real time, and the emulator takes 15 minutes either way. */
const LATER = 600_000;

const cloud = SharedCloud.make();

describe.each(SERVED_LINKS)('only proof counts: $title, served by the $server', ({ link, server }) => {
  cloud.servedBy(server);

  const count = (action: string) =>
    cloud.world.emulator.journal().filter((entry) => entry.action === action).length;

  it.each([
    ['HTTP 500 and a code that no table has', 500, '{"Code":"InternalServerError"}'],
    ['HTTP 400 and a code that no table has', 400, '{"Code":"SomethingNew","RequestId":"R"}'],
    ['HTTP 200 and nothing', 200, '{}'],
    ['HTTP 200 and a text of something on the way', 200, '{"status":"ok"}'],
    ['a redirection', 302, '{"RequestId":"R"}'],
  ])(
    'a create that had its effect and is answered with %s is ours, and is removed',
    async (_, status, body) => {
      const world = cloud.begin();
      world.emulator.addFault({ kind: 'effect-then-answered', action: link.makes, status, body });
      const engine = new Engine(world, link);
      await engine.up();
      expect(engine.state).toBeDefined();
      expect(await engine.up()).toBeUndefined();
      expect(doubtOf(engine.state ?? {})).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([link.id]);
      expect(await engine.destroy()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([]);
    },
  );

  it.each([
    ['503 ServiceTimeout', 503, '{"Code":"ServiceTimeout","RequestId":"R"}'],
    ['429 QpsLimitExceeded', 429, '{"Code":"QpsLimitExceeded","RequestId":"R"}'],
    [
      'a listing and a binding of another shape',
      200,
      '{"RequestId":"R","Bindings":{},"Binding":[],"MediaBucketList":1}',
    ],
  ])('a read that is answered %s is asked again', async (_, status, body) => {
    const world = cloud.begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    for (const action of link.looks)
      world.emulator.addFault({ kind: 'answered', action, status, body, times: 2 });
    const { state } = engine;
    expect(await engine.refresh()).toBeUndefined();
    expect(engine.state).toEqual(state);
  });

  it.each([
    ['HTTP 200 and nothing', 200, '{}'],
    ['HTTP 202 and a text of something on the way', 202, '{"status":"accepted"}'],
    ['HTTP 500 and a code that no table has', 500, '{"Code":"InternalServerError"}'],
  ])('a delete that had no effect and is answered with %s is sent again', async (_, status, body) => {
    const world = cloud.begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    world.emulator.addFault({ kind: 'answered', action: link.removes, status, body });
    expect(await engine.destroy()).toBeUndefined();
    expect(count(link.removes)).toBe(2);
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a delete right after the create that is answered with a code that no table has is not done: reads are behind', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, link, unawaited(link));
    expect(await engine.up()).toBeUndefined();
    world.emulator.set(SHOWN_LATE);
    world.clock.advance(1_000);
    const body = '{"Code":"SomethingNew","RequestId":"R"}';
    world.emulator.addFault({ kind: 'answered', action: link.removes, status: 400, body });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a create in doubt that took effect is kept by a refresh and removed by a destroy while reads are 30 s behind', async () => {
    for (const refreshes of [true, false]) {
      const world = cloud.begin();
      const engine = await inDoubt(link, { effect: true });
      if (refreshes) {
        expect(await engine.refresh()).toBeUndefined();
        expect(engine.state).toBeDefined();
      }
      expect(await engine.destroy()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([]);
      expect(world.said.join('\n')).not.toContain('already gone');
    }
  });

  it('a create in doubt whose effect comes seconds after the destroy began is removed', async () => {
    const world = cloud.begin();
    const engine = await inDoubt(link, { effect: false });
    world.clock.moved = () => {
      if (world.clock.slept.length === 2 && linksBesideForeign(world).length === 0) link.make(world.emulator);
    };
    expect(await engine.destroy()).toBeUndefined();
    world.clock.moved = () => {};
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a create in doubt that had no effect is over after the window: what somebody else makes then is theirs', async () => {
    const world = cloud.begin();
    const engine = await inDoubt(link, { effect: false });
    const { state } = engine;
    world.clock.advance(LATER);
    link.make(world.emulator);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(link.adoptedBy);
    engine.state = state;
    const destroyed = await engine.destroy();
    // Of most the service tells when it was made; of a registration nobody can tell, and that is said.
    if (link.isDated) expect(destroyed).toBeUndefined();
    else expect(destroyed && adoptLine(destroyed)).toBe(link.adoptedBy);
    expect(linksBesideForeign(world)).toEqual([link.id]);
  });

  it('a create in doubt that had no effect is gone after the window, and nothing is left', async () => {
    const world = cloud.begin();
    const engine = await inDoubt(link, { effect: false });
    world.clock.advance(LATER);
    expect(await engine.refresh()).toBeUndefined();
    expect(engine.state).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a state of an older version that is in doubt is read', async () => {
    const world = cloud.begin();
    link.make(world.emulator);
    const engine = new Engine(world, link);
    const triedSince = new Date(world.clock.now() - 1_000).toISOString();
    engine.state = { ...engine.inputs, accountId: '1000000000000001', unsure: true, triedSince };
    expect(await engine.up()).toBeUndefined();
    expect(engine.state).not.toHaveProperty('unsure');
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  /** A create whose reply is lost, after which nothing can be looked at until the run ends. */
  async function inDoubt(of: Link, { effect }: { effect: boolean }): Promise<Engine> {
    const { world } = cloud;
    const engine = new Engine(world, of);
    if (effect) world.emulator.set(SHOWN_LATE);
    const kind = effect ? 'effect-then-reply-lost' : 'reset-before-effect';
    world.emulator.addFault({ kind, action: of.makes });
    for (const action of of.looks)
      world.emulator.addFault({ kind: 'denied', action, skip: 1, times: 'always' });
    expect(await engine.up()).toBeDefined();
    world.emulator.clearFaults();
    expect(doubtOf(engine.state ?? {})).toBeDefined();
    return engine;
  }
});
