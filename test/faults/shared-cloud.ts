import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import type { Server } from '../support/lifecycle/served.js';
import { type Link, unawaited } from '../support/links/links.js';
import { Engine } from './engine.js';
import { STALE } from './fault-cases.js';
import { addForeignLinks } from './foreign.js';
import { leaksIn } from './leaks.js';

/** A cloud that holds links of somebody else. */
export class SharedCloud {
  world!: LifecycleWorld;

  /** Sets the hooks of the test file that calls it. */
  static make(): SharedCloud {
    const cloud = new SharedCloud();
    beforeAll(async () => {
      cloud.world = await LifecycleWorld.start();
    });
    afterEach(() => {
      const { said, emulator } = cloud.world;
      const texts = { said, journal: emulator.journal(), contents: emulator.contents() };
      expect(leaksIn(texts)).toEqual([]);
    });
    afterAll(() => cloud.world.close());
    return cloud;
  }

  /** What serves the resources in the tests of a block. */
  servedBy(server: Server): void {
    beforeAll(() => {
      this.world.server = server;
    });
  }

  begin(): LifecycleWorld {
    this.world.begin();
    addForeignLinks(this.world);
    return this.world;
  }

  /** Somebody else makes the link, a while ago, and reads do not show it for some time from now on. */
  async makeUnseen(link: Link): Promise<void> {
    const { emulator, clock } = this.world;
    const rule = emulator.addFault({ kind: 'stale-reads', action: link.makes, delayMs: STALE });
    const another = new Engine(this.world, link, unawaited(link));
    expect(await another.up()).toBeUndefined();
    emulator.clearFaults(rule);
    emulator.clearJournal();
    clock.advance(5_000);
  }
}
