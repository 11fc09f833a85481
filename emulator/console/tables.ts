import type { Emulator } from '../emulator-object.js';
import { FAULT_KINDS, specOf } from '../faults/kinds.js';
import { ACTIONS } from '../pipeline/dispatch.js';
import { SWITCH_NAMES, SWITCHES } from '../switches.js';
import type { Tables } from './shapes.js';

/** What can be chosen, from the tables that the emulator itself goes by. */
export function tables({ region }: Emulator): Tables {
  return {
    region,
    actions: ACTIONS,
    faults: FAULT_KINDS.map((kind) => {
      const { meaning, actions, delay } = specOf(kind);
      return { kind, meaning, takesDelay: delay !== undefined, ...(actions && { actions }) };
    }),
    switches: SWITCH_NAMES.map((name) => {
      const { kind, values, default: standard, meaning } = SWITCHES[name];
      return { name, kind, values, default: standard, meaning };
    }),
  };
}
