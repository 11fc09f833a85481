import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../emulator/control/routes.js';
import {
  DEFAULT_LIMITS,
  FAULT_KINDS,
  SWITCH_NAMES,
  SWITCHES,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../../emulator/index.js';

const page = readFileSync(join(__dirname, '../../../docs/emulator.md'), 'utf8');

describe('docs/emulator.md', () => {
  it.each(SWITCH_NAMES)('has the switch %s as it is', (name) => {
    const { meaning, values, default: standard, kind } = SWITCHES[name];
    const list: readonly unknown[] = values;
    const shown = list.map((value) => (value === standard ? `**${value}**` : String(value))).join(', ');
    const column = kind === 'milliseconds' ? `milliseconds, **${standard}**` : shown;
    expect(page).toContain(`| \`${name}\` | ${meaning} | ${column} |`);
  });

  it('has every limit, control path and kind of fault, and the test pair', () => {
    for (const [name, value] of Object.entries(DEFAULT_LIMITS))
      expect(page).toContain(`| \`${name}\` | ${value} |`);
    for (const route of Object.keys(ROUTES)) expect(page).toContain(`\`${route}\``);
    for (const kind of FAULT_KINDS) expect(page).toContain(`\`${kind}\``);
    for (const text of [TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID]) {
      expect(page).toContain(`\`${text}\``);
    }
  });
});
