import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../emulator/control/routes.js';
import {
  DEFAULT_LIMITS,
  FAULT_KINDS,
  FAULTS,
  type FaultSpec,
  SWITCH_NAMES,
  SWITCHES,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../../emulator/index.js';

// Columns may be padded, so that the source of the page is a table to look at, too.
const page = readFileSync(join(__dirname, '../../../docs/internals/emulator.md'), 'utf8').replace(
  / {2,}/g,
  ' ',
);

describe('docs/internals/emulator.md', () => {
  it.each(SWITCH_NAMES)('has the switch %s as it is', (name) => {
    const { meaning, values, default: standard, kind } = SWITCHES[name];
    const list: readonly unknown[] = values;
    const shown = list.map((value) => (value === standard ? `**${value}**` : String(value))).join(', ');
    const column = kind === 'milliseconds' ? `milliseconds, **${standard}**` : shown;
    expect(page).toContain(`| \`${name}\` | ${meaning} | ${column} |`);
  });

  it.each(FAULT_KINDS)('has the fault %s as it is', (kind) => {
    const spec: FaultSpec = FAULTS[kind];
    const effect = ['no', 'yes', 'twice'][spec.effects];
    const reply = { send: 'yes', cut: 'half', reset: 'no', hang: 'no' }[spec.delivery];
    expect(page).toContain(`| \`${kind}\` | ${effect} | ${reply} | ${spec.meaning} |`);
  });

  it('has every limit, and control path, and the test pair', () => {
    for (const [name, value] of Object.entries(DEFAULT_LIMITS))
      expect(page).toContain(`| \`${name}\` | ${Number.isFinite(value) ? value : 'off'} |`);
    for (const route of Object.keys(ROUTES)) expect(page).toContain(`\`${route}\``);
    for (const text of [TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID]) {
      expect(page).toContain(`\`${text}\``);
    }
  });
});
