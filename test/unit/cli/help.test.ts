import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../cli/commands.js';
import { runCommand } from './run-command.js';

describe.each(COMMANDS.map(({ name }) => name))('%s --help', (name) => {
  it('fits a screen of 24 lines and 80 columns, with an example and what it ends with', async () => {
    const { exit, out } = await runCommand([name, '--help']);
    const lines = out.trimEnd().split('\n');
    expect(exit).toBe(0);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^Example:\n {2}\$ .+\n {6}.+$/m);
    expect(out).toContain('Exit code: 0 ');
  });

  it('an unknown flag is refused with 2 and, where one is near, its name', async () => {
    const [flag = '--help'] = (COMMANDS.find((command) => command.name === name)?.options ?? []).map(
      ({ long }) => long ?? '',
    );
    const { exit, notes } = await runCommand([name, `${flag}x`]);
    expect(exit).toBe(2);
    expect(notes).toContain(`Did you mean ${flag}?`);
    expect(notes).toContain(`See: pulumi-alicloud-media ${name} --help`);
  });
});

it('without a command, or with one that nobody knows, it says so and ends with 2', async () => {
  expect(await runCommand([])).toMatchObject({ exit: 2, out: '' });
  expect((await runCommand(['recovr'])).notes).toContain('Did you mean recover?');
});
