import { Command, CommanderError } from 'commander';
import { commanderCommand, type Exit } from './command.js';
import { COMMANDS } from './commands.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const NAME = 'pulumi-alicloud-media';

/** Runs what the command line asks for. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<Exit> {
  let exit: Exit = 0;
  const program = new Command(NAME)
    .description('What a team runs around its stacks of pulumi-alicloud-media.')
    .helpOption('-h, --help', 'show this')
    .helpCommand(false);
  for (const command of COMMANDS)
    program.addCommand(
      commanderCommand(command, terminal, (ended) => {
        exit = ended;
      }),
    );
  for (const each of [program, ...program.commands])
    each.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: () => {} });
  try {
    if (args.length === 0) throw new UsageError('a command is missing');
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (error) {
    // It has shown the help, and that was asked for.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const isUsage = error instanceof CommanderError || error instanceof UsageError;
    const asked = program.commands.some((command) => command.name() === args[0]) ? `${args[0]} ` : '';
    terminal.progress();
    const message = (error instanceof Error ? error.message : String(error)).replace(/^error: /, '');
    terminal.note(`${NAME}: ${message}`);
    if (isUsage) terminal.note(`See: ${NAME} ${asked}--help`);
    return 2;
  }
}
