import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { pluginType } from '../../provider/lifecycle/description.js';
import { isUnfinished } from '../../provider/lifecycle/standing.js';
import { CallError } from '../support/dynamic/provider-process.js';
import { LINKS } from '../support/links/links.js';
import { PluginWorld } from './plugin-world.js';

const world = PluginWorld.make();
/** The create has its effect so long after the Ctrl-C, and the next run begins before. */
const LATE = 3_000;
const WINDOW = '6';

it.each(LINKS)(
  '$title: a create that was interrupted and has its effect seconds later is removed by the destroy that began before',
  async ({ description, id, inputs, makes }) => {
    const type = pluginType(description);
    const { emulator, engine } = world;
    const links = () => emulator.links().filter((one) => one === id);

    await world.plugin.configure({ consistencyWindow: WINDOW });
    emulator.addFault({ kind: 'late-effect', action: makes, delayMs: LATE });
    const arrived = emulator.park({ boundary: 'arrived', action: makes });
    const creating = world.plugin.create(type, inputs).catch((error: unknown) => error);
    await arrived.reached;
    arrived.release();
    await sleep(100);
    await world.plugin.cancel();
    const error = await creating;
    if (!(error instanceof CallError) || error.kept === undefined) throw error;
    const { properties } = error.kept;
    expect(isUnfinished(properties)).toBe(true);
    expect(links()).toEqual([]);

    await world.plugin.stop();
    await world.start();
    await world.plugin.configure({ consistencyWindow: WINDOW });
    await world.plugin.delete(type, id, properties);
    await sleep(LATE);
    expect(emulator.journal().filter(({ action }) => action === makes)).toMatchObject([{ effects: 1 }]);
    expect(links()).toEqual([]);
    expect(engine.logged.map(({ text }) => text).join('\n')).not.toContain('already gone');
  },
);
