import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../../../emulator/index.js';
import { Rpc } from './rpc.js';

let folder: string;
const main = resolve(__dirname, '../../../dist/cli/main.js');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, ended };
}

async function url(started: Run): Promise<string> {
  await expect.poll(started.output, { timeout: 4000 }).toContain('/_emulator/health');
  return /http:\/\/127\.0\.0\.1:\d+/.exec(started.output())?.[0] ?? '';
}

describe('pulumi-alicloud-media emulator', () => {
  it('says what it is, serves, and ends on SIGTERM with its state kept', async () => {
    const state = join(folder, 'state.json');
    const first = run(['emulator', '--port', '0', '--state', state]);
    const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
    await new Rpc(await url(first), '2014-06-18', key).ok('BindOutputBucket', { Bucket: 'out' });
    expect(first.output()).toContain('This is an emulator, not Alibaba Cloud');
    expect(first.output()).toContain(TEST_ACCESS_KEY_ID);
    // The pair opens nothing but an emulator; with it the lines can be taken as they are.
    expect(first.output()).toContain(`  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${TEST_ACCESS_KEY_SECRET}\n`);
    for (const name of ['IMM', 'MTS', 'STS'])
      expect(first.output()).toContain(`  export ${name}_ENDPOINT=${await url(first)}\n`);
    expect(first.output()).toContain('  export ALIBABA_CLOUD_REGION=cn-shanghai\n');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(readFileSync(state, 'utf8')).toContain('"bucket":"out"');
  });

  it('knows the key pair of its environment, or those of --key, and never prints their secret', async () => {
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'env-secret' };
    const byEnvironment = run(['emulator', '--port', '0'], env);
    const byFlag = run(
      ['emulator', '--port', '0', '--key', 'a:flag-secret', '--key', 'b:flag-secret:12'],
      env,
    );
    await url(byEnvironment);
    await url(byFlag);
    expect(byEnvironment.output()).toContain('env-id (account 1000000000000001)');
    expect(byFlag.output()).toContain('b (account 12)');
    expect(byEnvironment.output() + byFlag.output()).not.toContain('-secret');
    byEnvironment.child.kill('SIGINT');
    byFlag.child.kill('SIGINT');
    expect([await byEnvironment.ended, await byFlag.ended]).toEqual([0, 0]);
  });

  it('has projects and datasets from its command line, and says what is wrong with them', async () => {
    const state = join(folder, 'parents.json');
    const given = ['--project', 'media', '--dataset', 'videos', '--state', state];
    for (const start of ['first', 'with the state that was kept']) {
      const started = run(['emulator', '--port', '0', ...given]);
      const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
      const imm = new Rpc(await url(started), '2020-09-30', key);
      await imm.ok('GetDataset', { ProjectName: 'media', DatasetName: 'videos' });
      started.child.kill('SIGTERM');
      expect(await started.ended, start).toBe(0);
    }
    for (const [args, problem] of [
      [['--dataset', 'videos'], 'say in which project, as --dataset <project>/videos, or give one --project'],
      [['--project', 'a', '--project', 'b', '--dataset', 'c'], 'say in which project'],
      [['--project', 'a', '--dataset', 'b/c'], '--dataset b/c: give its project, too: --project b'],
      [['--project', 'a', '--dataset', 'c', '--dataset', 'a/c'], '--dataset a/c is given twice'],
      [['--project', 'a', '--dataset', 'a/b/c'], '--dataset a/b/c: it is <name>, or <project>/<name>'],
      [['--project', '1a'], '--project "1a": a name has 1 to 128 letters'],
    ] as const) {
      const refused = run(['emulator', '--port', '0', ...args]);
      expect(await refused.ended).toBe(2);
      expect(refused.output()).toContain(problem);
    }
  }, 20_000);

  it('has faults and latency from its command line', async () => {
    const fault = 'kind=throttled,action=BindOutputBucket,times=always,status=503';
    const started = run([
      'emulator',
      '--port',
      '0',
      '--latency',
      '1',
      '--fault',
      fault,
      '--fault',
      'kind=hang,skip=9',
    ]);
    const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
    const mts = new Rpc(await url(started), '2014-06-18', key);
    await mts.ok('ListAllMediaBucket');
    expect(await mts.fails('BindOutputBucket', { Bucket: 'b' })).toMatchObject({ status: 503 });
    started.child.kill('SIGTERM');
    await started.ended;
  });

  it('says so when the port is in use', async () => {
    const first = run(['emulator', '--port', '0']);
    const port = new URL(await url(first)).port;
    const second = run(['emulator', '--port', port]);
    expect(await second.ended).toBe(2);
    expect(second.output()).toContain(`port ${port} is in use; pass --port`);
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it('does not touch a state file that is not its own', async () => {
    const state = join(folder, 'package.json');
    writeFileSync(state, '{"name":"precious"}');
    const started = run(['emulator', '--port', '0', '--state', state]);
    expect(await started.ended).toBe(2);
    expect(started.output()).toContain('was not written by this emulator');
    expect(readFileSync(state, 'utf8')).toBe('{"name":"precious"}');
  });

  it('lists every switch, limit and fault', async () => {
    const { SWITCH_NAMES, DEFAULT_LIMITS, FAULT_KINDS } = await import('../../../emulator/index.js');
    const help = run(['emulator', '--list']);
    expect(await help.ended).toBe(0);
    for (const name of [...SWITCH_NAMES, ...FAULT_KINDS, ...Object.keys(DEFAULT_LIMITS)])
      expect(help.output()).toContain(name);
  });

  it.each([
    [['emulator', '--prot', '1'], '--prot'],
    [['emulator', '--port', 'x'], '--port takes a whole number'],
    [['emulator', '--switch', 'denialCode=Nope'], 'AccessDenied | Forbidden.RAM'],
    [['emulator', '--switch', 'nope=1'], 'no switch is called nope'],
    [['emulator', '--fault', 'kind=nope'], 'no fault is of kind nope'],
    [['emulator', '--fault', 'throttled'], '--fault takes FIELD=VALUE'],
    [['emulator', '--limit', 'nope=1'], 'no limit is called nope'],
    [['emulator', '--key', 'only-id'], '--key takes ID:SECRET'],
    [['emulatr'], "unknown command 'emulatr'\n(Did you mean emulator?)"],
    [['emulator', 'x'], 'too many arguments'],
    [[], 'a command is missing'],
  ])('ends with 2 for the mistake in %j', async (args, message) => {
    const mistaken = run(args);
    expect(await mistaken.ended).toBe(2);
    expect(mistaken.output()).toContain(message);
  });
});
