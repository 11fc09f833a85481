import { runCommandLine } from '../../../cli/command-line.js';
import type { Terminal } from '../../../cli/terminal.js';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly notes: string;
}

/** One line of the command on what is piped in; undefined is a terminal, where nothing is. It may read no environment. */
export async function runCommand(args: readonly string[], piped?: string): Promise<Ran> {
  let [out, notes] = ['', ''];
  const terminal: Terminal = {
    get environment(): NodeJS.ProcessEnv {
      throw new Error('it needs nothing of the environment');
    },
    columns: 80,
    out: (text) => {
      out += text;
    },
    note: (line) => {
      notes += `${line}\n`;
    },
    progress: () => {},
    paint: (_, text) => text,
    input: () => (piped === undefined ? undefined : Promise.resolve(piped)),
  };
  const exit = await runCommandLine(args, terminal);
  return { exit, out, notes };
}
