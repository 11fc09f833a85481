#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { systemTerminal } from './terminal.js';

void runCommandLine(process.argv.slice(2), systemTerminal(process)).then((exit) => {
  process.exitCode = exit;
});
