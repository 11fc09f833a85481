import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { systemTerminal } from '../../../cli/terminal.js';

interface Made {
  readonly terminal: ReturnType<typeof systemTerminal>;
  readonly out: () => string;
  readonly err: () => string;
}

/** The terminal of a process whose streams are these. */
function made(isTTY: boolean, env: NodeJS.ProcessEnv = {}): Made {
  const streams = ['stdin', 'stdout', 'stderr'].map((name) => [
    name,
    Object.assign(new PassThrough(), { isTTY, columns: 20 }),
  ]);
  const process = { ...Object.fromEntries(streams), env } as unknown as NodeJS.Process;
  const read = (stream: unknown) => String((stream as PassThrough).read() ?? '');
  return {
    terminal: systemTerminal(process),
    out: () => read(process.stdout),
    err: () => read(process.stderr),
  };
}

it('has colours on a terminal, and none on a pipe, with NO_COLOR or with TERM=dumb', () => {
  expect(made(true).terminal.paint('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(made(false).terminal.paint('red', 'x')).toBe('x');
  expect(made(true, { NO_COLOR: '1' }).terminal.paint('red', 'x')).toBe('x');
  expect(made(true, { TERM: 'dumb' }).terminal.paint('red', 'x')).toBe('x');
});

it('shows progress in one line of a terminal, cut to its width, and takes it away before what was asked for', () => {
  const { terminal, out, err } = made(true);
  terminal.progress('listing a long name of a place');
  expect(err()).toBe('listing a long name');
  terminal.progress('next');
  terminal.out('report\n');
  expect(err()).toBe('\r\u001b[2Knext\r\u001b[2K');
  expect(out()).toBe('report\n');
});

it('shows no progress on a pipe, and keeps notes out of what was asked for', () => {
  const { terminal, out, err } = made(false);
  terminal.progress('listing');
  terminal.note('a note');
  terminal.out('report\n');
  expect(err()).toBe('a note\n');
  expect(out()).toBe('report\n');
});

it('reads what is piped in, and asks nobody at a terminal to type it', async () => {
  expect(made(true).terminal.input()).toBeUndefined();
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const streams = { stdout: new PassThrough(), stderr: new PassThrough(), env: {} };
  const terminal = systemTerminal({ ...streams, stdin } as unknown as NodeJS.Process);
  stdin.end('{}');
  expect(await terminal.input()).toBe('{}');
});
