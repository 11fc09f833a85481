import { IMM_SWITCHES } from './switches-imm.js';
import { MTS_SWITCHES } from './switches-mts.js';
import { OBJECT_SWITCHES } from './switches-objects.js';

/**
 * Where the behaviour of the real service is unknown (api-facts.md §9), each possible behaviour is a value
 * of a switch, and the default is the least favourable one: a client that works with it works with the others.
 * The CLI help, docs/internals/emulator.md and the combination tests come from this table.
 */
export const SWITCHES = { ...IMM_SWITCHES, ...OBJECT_SWITCHES, ...MTS_SWITCHES };

export type SwitchName = keyof typeof SWITCHES;

export type Switches = {
  -readonly [name in SwitchName]: (typeof SWITCHES)[name] extends { readonly kind: 'milliseconds' }
    ? number
    : (typeof SWITCHES)[name]['values'][number];
};

export const SWITCH_NAMES: readonly SwitchName[] = Object.keys(SWITCHES).filter(isSwitchName);

export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name);
}

export function defaultSwitches(): Switches {
  const defaults: Record<string, unknown> = {};
  for (const name of SWITCH_NAMES) defaults[name] = SWITCHES[name].default;
  return defaults as Switches;
}

/** Changes `switches` in place; one bad name or value is refused and nothing changes. */
export function setSwitches(switches: Switches, changes: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!isSwitchName(name)) {
      throw new Error(`no switch is called ${name}; the switches are ${SWITCH_NAMES.join(', ')}`);
    }
    if (value !== undefined && !accepts(name, value)) {
      throw new Error(`switch ${name} takes ${describeValues(name)}, not ${JSON.stringify(value)}`);
    }
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  Object.assign(switches, Object.fromEntries(given));
}

/** The value a person types on a command line, as the switch holds it. */
export function parseSwitchValue(name: SwitchName, text: string): unknown {
  if (SWITCHES[name].kind === 'milliseconds') return /^\d+$/.test(text) ? Number(text) : text;
  const values: readonly unknown[] = SWITCHES[name].values;
  return values.find((value) => String(value) === text) ?? text;
}

export function describeValues(name: SwitchName): string {
  if (SWITCHES[name].kind === 'milliseconds') return 'a whole number of milliseconds';
  return SWITCHES[name].values.map(String).join(' | ');
}

function accepts(name: SwitchName, value: unknown): boolean {
  if (SWITCHES[name].kind === 'milliseconds') return Number.isSafeInteger(value) && Number(value) >= 0;
  const values: readonly unknown[] = SWITCHES[name].values;
  return values.includes(value);
}
