#!/usr/bin/env node
import { EMULATOR_SUMMARY, emulatorCommand } from './emulator.js';
import { UsageError } from './usage-error.js';

const USAGE = `Usage: pulumi-alicloud-media <command> [options]

Commands:
  emulator   ${EMULATOR_SUMMARY}

Run a command with --help to see its options.
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--help' || command === '-h') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command === 'emulator') return emulatorCommand(rest);
  const problem = command === undefined ? 'a command is missing' : `there is no command "${command}"`;
  throw new UsageError(`${problem}\n\n${USAGE.trimEnd()}`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `pulumi-alicloud-media: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
