import { describe, expect, it } from 'vitest';
import { isUnfinished } from '../../provider/lifecycle/standing.js';
import { keptOf, SERVERS } from '../support/lifecycle/served.js';
import { LINKS, unawaited } from '../support/links/links.js';
import { Engine } from './engine.js';
import { SHOWN_LATE, STALE } from './fault-cases.js';
import { linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { adoptLine } from './one-case.js';
import { SharedCloud } from './shared-cloud.js';

const SERVED_LINKS = LINKS.flatMap((link) => SERVERS.map((server) => ({ title: link.title, link, server })));

const cloud = SharedCloud.make();

describe.each(SERVED_LINKS)('$title, served by the $server', ({ link, server }) => {
  cloud.servedBy(server);
  it.each(['effect-then-reply-lost', 'effect-then-html-502', 'effect-then-cut-short'] as const)(
    'a create whose reply is lost (%s) is recognised as our own, because it was seen missing before the first try',
    async (kind) => {
      const world = cloud.begin();
      world.emulator.addFault({ kind, action: link.makes });
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([link.id]);
      const made = world.emulator.journal().filter(({ action }) => action === link.makes);
      expect(made.map(({ effects }) => effects)).toEqual([1]);
      expect(isUnfinished(engine.state ?? {})).toBe(false);
    },
  );

  it('one that is there before our look is refused, with the line that takes it over', async () => {
    const world = cloud.begin();
    link.make(world.emulator);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes, times: 'always' });
    const engine = new Engine(world, link);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(link.adoptedBy);
    expect(engine.state).toBeUndefined();
    expect(world.emulator.journal().filter(({ action }) => action === link.makes)).toEqual([]);
  });

  it("somebody else's that was made before our look and is shown late is refused", async () => {
    const world = cloud.begin();
    await cloud.makeUnseen(link);
    const engine = new Engine(world, link);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(link.adoptedBy);
    expect(engine.state).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([link.id]);
  });

  it('stale reads of 30 s after a create are held: read finds it, update and delete go on', async () => {
    const world = cloud.begin();
    world.emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
    const engine = new Engine(world, link, unawaited(link));
    expect(await engine.up()).toBeUndefined();
    const { state } = engine;
    expect(await engine.refresh()).toBeUndefined();
    expect(engine.state).toMatchObject({ ...state });
    expect(await engine.up()).toBeUndefined();
    expect(world.clock.slept.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(STALE - 1_000);
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a delete right after a create that reads do not show yet deletes it', async () => {
    const world = cloud.begin();
    world.emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
    const engine = new Engine(world, link, unawaited(link));
    expect(await engine.up()).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('stale reads of 30 s after a delete are held', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    world.emulator.addFault({ kind: 'stale-reads', action: link.removes, delayMs: STALE });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('stale reads of 30 s after a delete whose reply was lost are held', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    world.emulator.set(SHOWN_LATE);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.removes });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a replacement deletes and creates the same link while reads still show the old one', async () => {
    const world = cloud.begin();
    const engine = new Engine(world, link, { customTimeouts: { create: '5m' } });
    expect(await engine.up()).toBeUndefined();
    world.emulator.addFault({ kind: 'stale-reads', action: link.removes, delayMs: STALE });
    world.restartProvider();
    // In one process, as the engine does it.
    const steps = link.steps(world);
    await steps.delete(link.id, engine.state ?? {});
    const made = await steps.create(link.inputs);
    expect(linksBesideForeign(world)).toEqual([link.id]);
    engine.state = made.outputs;
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a create whose reply is lost and that reads do not show for 30 s is recognised as our own, and made once', async () => {
    const world = cloud.begin();
    world.emulator.set(SHOWN_LATE);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([link.id]);
    expect(isUnfinished(engine.state ?? {})).toBe(false);
    const effects = world.emulator.journal().filter(({ action }) => action === link.makes);
    expect(effects.reduce((sum, entry) => sum + entry.effects, 0)).toBe(1);
  });

  it('a create in doubt is kept in the state; the next up takes it, and a destroy leaves nothing', async () => {
    for (const next of ['up', 'destroy'] as const) {
      const world = cloud.begin();
      world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
      // The look after the lost reply is refused for good, so that this run cannot find out.
      for (const action of link.looks)
        world.emulator.addFault({ kind: 'denied', action, skip: 1, times: 'always' });
      const engine = new Engine(world, link);
      expect(keptOf(await engine.up())).toBeDefined();
      expect(engine.state).toMatchObject({ accountId: '1000000000000001' });
      expect(isUnfinished(engine.state ?? {})).toBe(true);
      expect(linksBesideForeign(world)).toEqual([link.id]);
      world.emulator.clearFaults();
      expect(await engine[next]()).toBeUndefined();
      if (next === 'up') {
        expect(isUnfinished(engine.state ?? {})).toBe(false);
        expect(await engine.destroy()).toBeUndefined();
      }
      expect(linksBesideForeign(world)).toEqual([]);
    }
  });

  it('none of this shows a secret', async () => {
    const world = cloud.begin();
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
    const engine = new Engine(world, link);
    await engine.up({ environment: { ALICLOUD_MEDIA_LOG: 'debug' } });
    const { said, emulator } = world;
    expect(said.join('\n')).toContain('debug: ');
    expect(leaksIn({ said, state: engine.state, journal: emulator.journal() })).toEqual([]);
  });
});
