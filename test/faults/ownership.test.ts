import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KeptError } from '../../provider/hosts/step-error.js';
import { LifecycleWorld } from '../lifecycle-world.js';
import { Engine } from './engine.js';
import { STALE } from './fault-cases.js';
import { leaksIn } from './leaks.js';
import { addForeignLinks, BINDING, BUCKET, LINKS, linksBesideForeign } from './links.js';
import { adoptLine } from './one-case.js';

/** Every change is shown so long after it was made; a rule of stale reads would be the only fault of its request. */
const SHOWN_LATE = { bindingVisibleAfterMs: STALE, mediaBucketVisibleAfterMs: STALE };

let world: LifecycleWorld;

beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterEach(() => {
  const { said, emulator } = world;
  const texts = { said, journal: emulator.journal(), contents: emulator.contents() };
  expect(leaksIn(texts)).toEqual([]);
});
afterAll(() => world.close());

function begin(): void {
  world.begin();
  addForeignLinks(world);
}

/** Makes the link as somebody else does, a while ago, and hides that from reads for some time from now on. */
async function madeByAnotherAndNotShown(link: (typeof LINKS)[number]): Promise<void> {
  const { emulator, clock } = world;
  const rule = emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
  const another = new Engine(world, link, link === BINDING ? { skipAwait: true } : {});
  expect(await another.up()).toBeUndefined();
  emulator.clearFaults(rule);
  emulator.clearJournal();
  clock.advance(5_000);
}

describe.each(LINKS)('$title', (link) => {
  it.each(['effect-then-reply-lost', 'effect-then-html-502', 'effect-then-cut-short'] as const)(
    'a create whose reply is lost (%s) is recognised as our own, because it was seen missing before the first try',
    async (kind) => {
      begin();
      world.emulator.addFault({ kind, action: link.makes });
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([link.id]);
      const made = world.emulator.journal().filter(({ action }) => action === link.makes);
      expect(made.map(({ effects }) => effects)).toEqual([1]);
      expect(engine.state).not.toHaveProperty('unsure');
    },
  );

  it('one that is there before our look is refused, with the line that takes it over', async () => {
    begin();
    link.makeBehindTheBack(world);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes, times: 'always' });
    const engine = new Engine(world, link);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(link.id);
    expect(engine.state).toBeUndefined();
    expect(world.emulator.journal().filter(({ action }) => action === link.makes)).toEqual([]);
  });

  it("somebody else's that was made before our look and is shown late is refused", async () => {
    begin();
    await madeByAnotherAndNotShown(link);
    const engine = new Engine(world, link);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(link.id);
    expect(engine.state).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([link.id]);
  });

  it('stale reads of 30 s after a create are held: read finds it, update and delete go on', async () => {
    begin();
    world.emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
    const engine = new Engine(world, link, link === BINDING ? { skipAwait: true } : {});
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
    begin();
    world.emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
    const engine = new Engine(world, link, link === BINDING ? { skipAwait: true } : {});
    expect(await engine.up()).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('stale reads of 30 s after a delete are held', async () => {
    begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    world.emulator.addFault({ kind: 'stale-reads', action: link.removes, delayMs: STALE });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('stale reads of 30 s after a delete whose reply was lost are held', async () => {
    begin();
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    world.emulator.set(SHOWN_LATE);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.removes });
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a replacement deletes and creates the same link while reads still show the old one', async () => {
    begin();
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
    begin();
    world.emulator.set(SHOWN_LATE);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
    const engine = new Engine(world, link);
    expect(await engine.up()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([link.id]);
    expect(engine.state).not.toHaveProperty('unsure');
    const effects = world.emulator.journal().filter(({ action }) => action === link.makes);
    expect(effects.reduce((sum, entry) => sum + entry.effects, 0)).toBe(1);
  });

  it('a create in doubt is kept in the state; the next up takes it, and a destroy leaves nothing', async () => {
    for (const next of ['up', 'destroy'] as const) {
      begin();
      world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
      // The look after the lost reply is refused for good, so that this run cannot find out.
      const look = link === BINDING ? 'GetBinding' : 'ListAllMediaBucket';
      world.emulator.addFault({ kind: 'denied', action: look, skip: 1, times: 'always' });
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeInstanceOf(KeptError);
      expect(engine.state).toMatchObject({ unsure: true, accountId: '1000000000000001' });
      expect(linksBesideForeign(world)).toEqual([link.id]);
      world.emulator.clearFaults();
      expect(await engine[next]()).toBeUndefined();
      if (next === 'up') {
        expect(engine.state).not.toHaveProperty('unsure');
        expect(await engine.destroy()).toBeUndefined();
      }
      expect(linksBesideForeign(world)).toEqual([]);
    }
  });

  it('none of this shows a secret', async () => {
    begin();
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
    const engine = new Engine(world, link);
    await engine.up({ environment: { ALICLOUD_MEDIA_LOG: 'debug' } });
    const { said, emulator } = world;
    expect(said.join('\n')).toContain('debug: ');
    expect(leaksIn({ said, state: engine.state, journal: emulator.journal() })).toEqual([]);
  });
});

describe('imm.DatasetBinding, whose createTime tells whose it is', () => {
  it("somebody else's that is shown late is refused also when the reply that said so was lost", async () => {
    begin();
    await madeByAnotherAndNotShown(BINDING);
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'CreateBinding' });
    const engine = new Engine(world, BINDING);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(BINDING.id);
    expect(engine.state).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
  });

  it('one that was made again behind our back is not deleted, and a refresh drops ours', async () => {
    begin();
    const engine = new Engine(world, BINDING);
    expect(await engine.up()).toBeUndefined();
    world.emulator.deleteBinding(BINDING.id);
    world.clock.advance(5_000);
    world.emulator.createBinding(BINDING.id);
    const before = engine.state;
    expect(await engine.refresh()).toBeUndefined();
    expect(engine.state).toBeUndefined();
    engine.state = before;
    world.emulator.clearJournal();
    expect(await engine.destroy()).toBeUndefined();
    expect(world.said.join('\n')).toContain('That one was left alone');
    expect(world.emulator.journal().map(({ action }) => action)).not.toContain('DeleteBinding');
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
  });

  it("a kept create in doubt does not delete somebody else's older one, and the next up refuses it", async () => {
    begin();
    world.emulator.createBinding(BINDING.id);
    world.clock.advance(60_000);
    const engine = new Engine(world, BINDING);
    const triedSince = new Date(world.clock.now()).toISOString();
    engine.state = { ...engine.inputs, accountId: '1000000000000001', unsure: true, triedSince };
    engine.isHalfMade = true;
    const { state } = engine;
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(BINDING.id);
    engine.state = state;
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([BINDING.id]);
  });
});

describe('mps.OutputBucket, of which the service tells nothing but that it is there', () => {
  // Our first request is answered "exists", and that answer is lost. What we know then: it was missing when we looked,
  // and it is there after a try of ours. Nothing tells it from a lost success, so it counts as ours: docs/reliability.md.
  it("somebody else's that was made between our look and our request counts as ours where the refusal was lost", async () => {
    begin();
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'before-effect' || action !== 'BindOutputBucket') return;
      end();
      world.emulator.bindOutputBucket('ours');
    });
    world.emulator.addFault({ kind: 'effect-then-reply-lost', action: 'BindOutputBucket' });
    const engine = new Engine(world, BUCKET);
    expect(await engine.up()).toBeUndefined();
    expect(engine.state).toMatchObject({ bucket: 'ours' });
  });

  it("somebody else's that was made between our look and our request is refused where the refusal arrives", async () => {
    begin();
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'before-effect' || action !== 'BindOutputBucket') return;
      end();
      world.emulator.bindOutputBucket('ours');
    });
    const engine = new Engine(world, BUCKET);
    const error = await engine.up();
    expect(error && adoptLine(error)).toBe(BUCKET.id);
    expect(engine.state).toBeUndefined();
  });
});
