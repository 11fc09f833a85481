import { type Emulator, startEmulator } from '../../emulator/index.js';
import type { CliCommand } from '../command.js';
import { greeting } from './greeting.js';
import { EMULATOR_LIST, EMULATOR_OPTIONS, type EmulatorArgs, readEmulatorOptions } from './options.js';
import { make, readParents } from './parents.js';
import { untilEnded } from './until-ended.js';

export const emulatorCommand: CliCommand<EmulatorArgs> = {
  name: 'emulator',
  summary: 'stand in for IMM, MPS and STS on this machine',
  about: 'Stands in for IMM 2020-09-30, MTS 2014-06-18 and STS 2015-04-01 on 127.0.0.1.',
  options: EMULATOR_OPTIONS,
  examples: [
    {
      line: 'npx pulumi-alicloud-media emulator --project media --dataset videos',
      does: 'with what a first stack needs; it prints what to type where Pulumi runs',
    },
  ],
  exits: ['it was ended by SIGINT or SIGTERM, or with the npx that had started it', 'is not used'],

  async run(args, terminal) {
    if (args.list) {
      terminal.out(EMULATOR_LIST);
      return 0;
    }
    const options = readEmulatorOptions(args);
    const parents = readParents(args);
    const ended = untilEnded();
    const emulator = await start(options);
    make(emulator, parents);
    terminal.out(greeting(emulator, terminal.environment));
    await ended;
    await emulator.close();
    return 0;
  },
};

async function start(options: Parameters<typeof startEmulator>[0] & object): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new Error(`port ${options.port} is in use; pass --port`);
    if (code === 'EACCES') throw new Error(`port ${options.port} needs more rights; pass --port`);
    throw error;
  }
}
