import { Argument, Command, Help, type Option } from 'commander';
import type { Terminal } from './terminal.js';

/**
 * What a command ends with, of every command the same: 0 all is as it should be, 1 something was found, 2 it could not
 * finish or was asked in a way that it does not understand.
 */
export type Exit = 0 | 1 | 2;

export interface Example {
  readonly line: string;
  readonly does: string;
}

/** One command: its help, its page in the docs and its reading of the command line are made from this. */
export interface CliCommand<Options = object> {
  readonly name: string;
  /** What it does, in half a line. */
  readonly summary: string;
  /** What else there is to know before it is run. */
  readonly about: string;
  /** Given without a flag; `[file]` need not be given, `<file>` must, `[file...]` may be many. */
  readonly argument?: readonly [flags: string, description: string];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** What 0 and 1 mean here. */
  readonly exits: readonly [clean: string, found: string];
  run(options: Options, terminal: Terminal, given: readonly string[]): Promise<Exit>;
}

const HELP_WIDTH = 80;

/** What it ends with, in a sentence. */
export function exitText([clean, found]: CliCommand['exits']): string {
  return `Exit code: 0 ${clean}; 1 ${found}; 2 it could not finish, or a mistake on the command line.`;
}

/** The command as commander runs it. */
export function commanderCommand<Options>(
  { name, summary, about, argument, options, examples, exits, run }: CliCommand<Options>,
  terminal: Terminal,
  ended: (exit: Exit) => void,
): Command {
  const command = new Command(name).summary(summary).description(about).helpOption('-h, --help', 'show this');
  command.configureHelp({ helpWidth: Math.min(terminal.columns, HELP_WIDTH) });
  if (argument) command.addArgument(new Argument(...argument));
  for (const option of options) command.addOption(option);
  // One of them: the help is to fit a screen, and the page has all.
  const lines = examples.slice(0, 1).map(({ line, does }) => `  $ ${line}\n      ${does}`);
  const ends = new Help().boxWrap(exitText(exits), HELP_WIDTH);
  command.addHelpText('after', `\nExample:\n${lines.join('\n')}\n${ends}`);
  return command.action(async () => {
    ended(await run(command.opts() as Options, terminal, command.args));
  });
}
