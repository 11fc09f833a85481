import { type Emulator, startEmulator, TEST_ACCESS_KEY_ID } from '../emulator/index.js';
import { EMULATOR_HELP, readEmulatorOptions } from './emulator-options.js';

export const EMULATOR_SUMMARY = 'stand in for IMM, MPS and STS on this machine';

/** Runs until SIGINT or SIGTERM. */
export async function emulatorCommand(args: readonly string[]): Promise<number> {
  const options = readEmulatorOptions(args);
  if (options === 'help') {
    process.stdout.write(EMULATOR_HELP);
    return 0;
  }
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const emulator = await start(options);
  process.stdout.write(greeting(emulator));
  await stopped;
  await emulator.close();
  return 0;
}

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

/** Ids of keys only: the secret is in the environment, on the command line or in the documentation already. */
function greeting(emulator: Emulator): string {
  const ids = emulator.keys.map((key) => `  ${key.accessKeyId} (account ${key.account})`);
  const usesTestPair = emulator.keys.some((key) => key.accessKeyId === TEST_ACCESS_KEY_ID);
  // Without the endpoints a program would go to the real services.
  const endpoints = ['IMM', 'MTS', 'STS'].map((name) => `  export ${name}_ENDPOINT=${emulator.url}`);
  const keys = usesTestPair
    ? [
        `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${TEST_ACCESS_KEY_ID}`,
        '  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=...   # the test secret: see docs/emulator.md',
      ]
    : [];
  const lines = [
    `This is an emulator, not Alibaba Cloud. It listens on ${emulator.url}`,
    `Control: ${emulator.url}/_emulator/health`,
    'It knows the keys:',
    ...ids,
    'To use it, set all of these where Pulumi runs:',
    ...endpoints,
    `  export ALIBABA_CLOUD_REGION=${emulator.region}`,
    ...keys,
  ];
  return `${lines.join('\n')}\n`;
}
