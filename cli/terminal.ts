import { text } from 'node:stream/consumers';
import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Where a command runs, and what it shows to whom. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** How wide its lines may be. */
  readonly columns: number;
  /** What was asked for. */
  out(text: string): void;
  /** What goes on, a line: beside what was asked for, so that a pipe holds nothing else. */
  note(line: string): void;
  /** What it does just now, in place of what stood there; nothing takes it away. Only on a terminal. */
  progress(line?: string): void;
  /** The same text, coloured where it goes to a terminal that has colours and nobody asked for none. */
  paint(style: Style, text: string): string;
  /** All that is piped in; undefined where a person would have to type it. */
  input(): Promise<string> | undefined;
}

const NARROW = 80;
const CLEAR = '\r\u001b[2K';

/** The terminal of this process. */
export function systemTerminal({ stdin, stdout, stderr, env }: NodeJS.Process): Terminal {
  // `… | head` has read what it wanted.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode);
    throw error;
  });
  const isColoured = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  let shown = false;
  const clear = () => {
    if (shown) stderr.write(CLEAR);
    shown = false;
  };
  return {
    environment: env,
    columns: stdout.columns ?? NARROW,
    out(line) {
      clear();
      stdout.write(line);
    },
    note(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (stderr.isTTY !== true) return;
      clear();
      if (line === undefined) return;
      stderr.write(line.slice(0, (stderr.columns ?? NARROW) - 1));
      shown = true;
    },
    // Whether there are colours is decided above, for every version of Node alike.
    paint: (style, plain) => (isColoured ? styleText(style, plain, { validateStream: false }) : plain),
    input: () => (stdin.isTTY === true ? undefined : text(stdin)),
  };
}
