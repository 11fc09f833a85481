import fc from 'fast-check';
import { SERVERS } from '../support/lifecycle/served.js';
import { anyCommands, anySwitches } from './arbitraries.js';
import { endWell } from './commands.js';
import { settings } from './runs.js';
import { Session } from './session.js';

const MOST_COMMANDS = 12;

/**
 * Whatever happens to a stack, what must hold holds after every command, and in the end all is in order. Chance has
 * one half of the programs served by the steps and the other by the plugin.
 */
export async function anyProgramHolds(title: string, runs: number, parallel: boolean): Promise<void> {
  const served = { steps: 0, plugin: 0 };
  const property = fc.asyncProperty(
    anySwitches,
    anyCommands(MOST_COMMANDS),
    fc.constantFrom(...SERVERS),
    async (switches, commands, server) => {
      served[server]++;
      const session = await Session.start(switches, parallel, server);
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: session }), commands);
        await endWell(session);
      } finally {
        await session.close();
      }
    },
  );
  await fc.assert(property, settings(title, runs));
  console.log(`${title}: ${served.steps} programs served by the steps, ${served.plugin} by the plugin`);
}
