import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../../emulator/index.js';
import { type Bench, bench, LINK, PAIR, withDataset } from './rpc.js';

let folder: string;
let stateFile: string;
let running: Bench[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-state-'));
  stateFile = join(folder, 'state.json');
});

afterEach(async () => {
  for (const { emulator } of running) await emulator.close();
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Bench> {
  const b = await bench({ stateFile });
  running.push(b);
  return b;
}

describe('the state file', () => {
  it('holds everything from one run to the next', async () => {
    const first = await start();
    withDataset(first.emulator);
    await first.imm.ok('CreateBinding', PAIR);
    await first.mts.ok('BindOutputBucket', { Bucket: 'out' });
    const before = first.emulator.contents();
    await first.emulator.close();
    const second = await start();
    expect(second.emulator.contents()).toEqual(before);
    expect(second.emulator.bindings().map((binding) => binding.link)).toEqual([LINK]);
    await second.imm.ok('DeleteBinding', PAIR);
  });

  it('is complete before a write is answered', async () => {
    const b = await start();
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    expect(JSON.parse(readFileSync(stateFile, 'utf8')).state).toEqual(b.emulator.contents());
  });

  it('holds no credential', async () => {
    const b = await start();
    const reply = await b.sts.ok('AssumeRole', { RoleArn: 'acs:ram::1:role/r', RoleSessionName: 's' });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    const text = readFileSync(stateFile, 'utf8');
    for (const secret of Object.values(reply.Credentials as Record<string, string>)) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain('unit-secret');
  });

  it.each([
    ['cut off', '{"format":"pulumi-alicloud-media emulator state","version":1,"sta', 'cut off'],
    ['empty', '', 'cut off'],
    ['of another program', '{"name":"my-package"}', 'was not written by this emulator'],
    ['of a later version', '{"format":"pulumi-alicloud-media emulator state","version":2}', 'has version 2'],
    [
      'without its content',
      '{"format":"pulumi-alicloud-media emulator state","version":1,"state":{"accounts":{"1":{"r":{}}}}}',
      'not the right content',
    ],
  ])('is refused and left alone when it is %s', async (_, content, message) => {
    writeFileSync(stateFile, content);
    await expect(startEmulator({ stateFile })).rejects.toThrow(message);
    expect(readFileSync(stateFile, 'utf8')).toBe(content);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is refused while another emulator has it', async () => {
    await start();
    await expect(startEmulator({ stateFile })).rejects.toThrow(`is in use by process ${process.pid}`);
  });

  it('is taken over from a process that is gone', async () => {
    // The largest process id a system gives is far below this one.
    writeFileSync(`${stateFile}.lock`, '999999999\n');
    await start();
  });

  it('is refused when its folder does not exist', async () => {
    stateFile = join(folder, 'missing', 'state.json');
    await expect(startEmulator({ stateFile })).rejects.toThrow('missing');
  });

  it('that cannot be written gives a 500, and the change has not happened', async () => {
    const b = await start();
    await b.mts.ok('BindOutputBucket', { Bucket: 'kept' });
    rmSync(folder, { recursive: true });
    expect(await b.mts.fails('BindOutputBucket', { Bucket: 'lost' })).toMatchObject({
      status: 500,
      code: 'InternalError',
    });
    expect(await b.mts.fails('UnbindOutputBucket', { Bucket: 'kept' })).toMatchObject({ status: 500 });
    expect(b.emulator.mediaBuckets().map((row) => row.bucket)).toEqual(['kept']);
  });

  it('on a full disk loses nothing that was acknowledged and keeps nothing else', async () => {
    const b = await start();
    await b.mts.ok('BindOutputBucket', { Bucket: 'kept' });
    const whole = readFileSync(stateFile, 'utf8');
    b.emulator.setDiskFull(true);
    const refused = await b.mts.fails('BindOutputBucket', { Bucket: 'lost' });
    expect(refused).toMatchObject({ status: 500, code: 'InternalError' });
    expect(refused.message).toContain('ENOSPC');
    expect(await b.mts.fails('UnbindOutputBucket', { Bucket: 'kept' })).toMatchObject({ status: 500 });
    expect(b.emulator.journal().map((entry) => entry.effects)).toEqual([1, 0, 0]);
    expect(readFileSync(stateFile, 'utf8')).toBe(whole);
    expect(readdirSync(folder).sort()).toEqual(['state.json', 'state.json.lock']);
    b.emulator.setDiskFull(false);
    await b.mts.ok('BindOutputBucket', { Bucket: 'later' });
    await b.emulator.close();
    const second = await start();
    expect(second.emulator.mediaBuckets().map((row) => row.bucket)).toEqual(['kept', 'later']);
  });

  it('keeps what a fault made of a binding', async () => {
    const first = await start();
    withDataset(first.emulator);
    first.emulator.createBinding(LINK);
    first.emulator.addFault({ kind: 'stuck-deleting' });
    await first.imm.ok('DeleteBinding', PAIR);
    await first.emulator.close();
    const second = await start();
    expect(await second.imm.ok('GetBinding', PAIR)).toMatchObject({ Binding: { State: 'Deleting' } });
  });

  it('is not written any more by a request that was delayed until after the end', async () => {
    const first = await start();
    first.emulator.addFault({ kind: 'late-effect', delayMs: 400 });
    const bound = first.mts.ok('BindOutputBucket', { Bucket: 'late' });
    await expect.poll(() => first.emulator.faults()[0]?.struck).toBe(1);
    await first.emulator.close();
    await expect(bound).rejects.toThrow();
    const second = await start();
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(second.emulator.isEmpty()).toBe(true);
    expect(readFileSync(stateFile, 'utf8')).not.toContain('late');
  });
});

describe('an emulator without a state file', () => {
  it('has no disk that could be full', async () => {
    const b = await bench();
    running.push(b);
    expect(() => b.emulator.setDiskFull(true)).toThrow('there is no state file');
  });
});
