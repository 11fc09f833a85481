import { auditCommand } from './audit/command.js';
import type { CliCommand } from './command.js';
import { doctorCommand } from './doctor/command.js';
import { emulatorCommand } from './emulator/command.js';
import { policyCommand } from './policy/command.js';
import { recoverCommand } from './recover/command.js';
import { reviewCommand } from './review/command.js';

/** Every command, in the order in which the help names them. */
export const COMMANDS: readonly CliCommand<never>[] = [
  auditCommand,
  reviewCommand,
  recoverCommand,
  doctorCommand,
  policyCommand,
  emulatorCommand,
];
