import fc from 'fast-check';
import { anyCommands, anySwitches } from './arbitraries.js';
import { endWell } from './commands.js';
import { Session } from './session.js';

const MOST_COMMANDS = 12;

/** Whatever happens to a stack, what must hold holds after every command, and in the end all is in order. */
export function anyProgramHolds(parallel: boolean) {
  return fc.asyncProperty(anySwitches, anyCommands(MOST_COMMANDS), async (switches, commands) => {
    const session = await Session.start(switches, parallel);
    try {
      await fc.asyncModelRun(() => ({ model: {}, real: session }), commands);
      await endWell(session);
    } finally {
      await session.close();
    }
  });
}
