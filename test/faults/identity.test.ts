import { describe, expect, it } from 'vitest';
import { SERVERS } from '../support/lifecycle/served.js';
import { BUCKET, LINKS } from '../support/links/links.js';
import { inDoubt } from './doubt.js';
import { Engine } from './engine.js';
import { linksBesideForeign } from './foreign.js';
import { adoptLine } from './one-case.js';
import { SharedCloud } from './shared-cloud.js';

const cloud = SharedCloud.make();

const DATED = LINKS.filter(({ isDated }) => isDated);

describe.each(SERVERS.flatMap((server) => DATED.map((link) => ({ title: link.title, link, server }))))(
  '$title, whose createTime tells whose it is, served by the $server',
  ({ link, server }) => {
    cloud.servedBy(server);
    it("somebody else's that is shown late is refused also when the reply that said so was lost", async () => {
      const world = cloud.begin();
      await cloud.makeUnseen(link);
      world.emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes });
      const engine = new Engine(world, link);
      const error = await engine.up();
      expect(error && adoptLine(error)).toBe(link.adoptedBy);
      expect(engine.state).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([link.id]);
    });

    it('one that was made again behind our back is not deleted, and a refresh drops ours', async () => {
      const world = cloud.begin();
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeUndefined();
      link.remove(world.emulator);
      world.clock.advance(5_000);
      link.make(world.emulator);
      const before = engine.state;
      expect(await engine.refresh()).toBeUndefined();
      expect(engine.state).toBeUndefined();
      engine.state = before;
      world.emulator.clearJournal();
      expect(await engine.destroy()).toBeUndefined();
      expect(world.said.join('\n')).toContain('That one was left alone');
      expect(world.emulator.journal().map(({ action }) => action)).not.toContain(link.removes);
      expect(linksBesideForeign(world)).toEqual([link.id]);
    });

    it("a kept create in doubt does not delete somebody else's older one, and the next up refuses it", async () => {
      const world = cloud.begin();
      link.make(world.emulator);
      world.clock.advance(60_000);
      const engine = new Engine(world, link);
      engine.state = inDoubt(world, engine.inputs);
      engine.isHalfMade = true;
      const { state } = engine;
      const error = await engine.up();
      expect(error && adoptLine(error)).toBe(link.adoptedBy);
      engine.state = state;
      expect(await engine.destroy()).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([link.id]);
    });
  },
);

describe.each(SERVERS)(
  'mps.OutputBucket, of which the service tells nothing but that it is there, served by the %s',
  (server) => {
    cloud.servedBy(server);
    // Our first request is answered "exists", and that answer is lost. What we know then: it was missing when we looked,
    // and it is there after a try of ours. Nothing tells it from a lost success, so it counts as ours: docs/reference/reliability.md.
    it("somebody else's that was made between our look and our request counts as ours where the refusal was lost", async () => {
      const world = cloud.begin();
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
      const world = cloud.begin();
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
  },
);
