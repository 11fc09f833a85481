import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const MAIN = resolve(__dirname, '../../../dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly environment: NodeJS.ProcessEnv;
  /** What is piped in. */
  readonly input?: string;
  readonly folder?: string;
}

/** Runs `pulumi-alicloud-media` as it is built, in a process of its own. */
export async function commandLine(
  args: readonly string[],
  { environment, input, folder }: Circumstances,
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment, cwd: folder, stdio: 'pipe' });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  child.stdin.end(input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
