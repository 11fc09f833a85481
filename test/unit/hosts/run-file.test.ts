import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Claim, Claims } from '../../../provider/hosts/claims.js';
import { RunFile } from '../../../provider/hosts/run-file.js';

const ENGINE = '127.0.0.1:54321';
const LINK = { title: 'mps.OutputBucket', id: 'cn-shanghai/ours', account: '1000000000000001' };
const OTHERS: Claim = { ...LINK, claim: 'theirs', name: 'renditions', urn: undefined };
const LINE = `${JSON.stringify({ add: OTHERS })}\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-file-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** The folder of the run, as the first process of it makes it. */
const ofRun = () => join(folder, '127.0.0.1_54321');

/** What another process of the run has told. */
function told(pid: number, text = LINE): string {
  mkdirSync(ofRun(), { recursive: true, mode: 0o700 });
  const file = join(ofRun(), `${pid}.jsonl`);
  writeFileSync(file, text);
  return file;
}

/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['--version']).pid;
const namesIn = (run: RunFile) => run.claims().map(({ name }) => name);

it('what another process of the run has told counts while that process lives, and what it took back does not', () => {
  const file = told(process.ppid);
  const run = new RunFile(ENGINE, folder);
  expect(namesIn(run)).toEqual(['renditions']);
  writeFileSync(file, `${JSON.stringify({ drop: OTHERS })}\n`, { flag: 'a' });
  expect(namesIn(run)).toEqual([]);
});

it('a line that is half written counts when it is whole', () => {
  const file = told(process.ppid, LINE.slice(0, 20));
  const run = new RunFile(ENGINE, folder);
  expect(namesIn(run)).toEqual([]);
  writeFileSync(file, LINE.slice(20), { flag: 'a' });
  expect(namesIn(run)).toEqual(['renditions']);
});

it('a line that no version of ours wrote is passed over', () => {
  told(process.ppid, `not JSON\nnull\n{"of":"a later version"}\n${LINE}`);
  expect(namesIn(new RunFile(ENGINE, folder))).toEqual(['renditions']);
});

it('what a process told that has ended does not count, and is cleared away', () => {
  const file = told(ended());
  expect(namesIn(new RunFile(ENGINE, folder))).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

it('what one told that ends in the middle of the run does not count either', () => {
  const run = new RunFile(ENGINE, folder);
  expect(namesIn(run)).toEqual([]);
  const file = told(ended());
  expect(namesIn(run)).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

it('what runs that were killed have left is cleared away, and those that go on are left alone', () => {
  const [old, going] = [join(folder, '127.0.0.1_1'), join(folder, '127.0.0.1_2')];
  for (const run of [old, going]) mkdirSync(run);
  writeFileSync(join(old, `${ended()}.jsonl`), LINE);
  writeFileSync(join(going, `${process.ppid}.jsonl`), LINE);
  expect(new RunFile(ENGINE, folder).claims()).toEqual([]);
  expect(existsSync(old)).toBe(false);
  expect(existsSync(join(going, `${process.ppid}.jsonl`))).toBe(true);
});

it('an earlier process of the same number said nothing for this one', () => {
  const own = told(process.pid);
  const run = new RunFile(ENGINE, folder);
  run.tell({ drop: OTHERS });
  expect(readFileSync(own, 'utf8')).not.toContain('"add"');
});

it('is readable by nobody else', () => {
  const run = new RunFile(ENGINE, folder);
  run.tell({ add: OTHERS });
  expect(statSync(ofRun()).mode & 0o777).toBe(0o700);
  expect(statSync(join(ofRun(), `${process.pid}.jsonl`)).mode & 0o777).toBe(0o600);
});

/** What a folder that is not to be trusted, or not to be used, must not do. */
function harmless(): void {
  const run = new RunFile(ENGINE, folder);
  const claims = new Claims(run);
  claims.add({ ...OTHERS, claim: 'ours', name: 'ours' });
  expect(run.claims()).toEqual([]);
  // Within the process all is as before.
  expect(claims.others(LINK, 'another').map(({ name }) => name)).toEqual(['ours']);
  claims.drop(LINK, 'ours');
  expect(claims.others(LINK, 'another')).toEqual([]);
}

it('what stands in the folder of another user counts for nothing, and nothing is written there', () => {
  told(process.ppid);
  const uid = process.getuid?.() ?? 0;
  vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
  harmless();
  expect(readdirSync(ofRun())).toEqual([`${process.ppid}.jsonl`]);
});

it('a link to a folder of somebody else is not followed', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  writeFileSync(join(elsewhere, `${process.ppid}.jsonl`), LINE);
  symlinkSync(elsewhere, ofRun());
  harmless();
  expect(readdirSync(elsewhere)).toEqual([`${process.ppid}.jsonl`]);
  rmSync(elsewhere, { recursive: true });
});

it('a folder that others may write to counts for nothing', () => {
  told(process.ppid);
  chmodSync(ofRun(), 0o777);
  harmless();
});

it('a folder that cannot be made, or a file that cannot be written, does no harm', () => {
  writeFileSync(ofRun(), 'no folder');
  harmless();
  rmSync(ofRun());
  mkdirSync(join(ofRun(), `${process.pid}.jsonl`), { recursive: true });
  harmless();
});

it('a user that the machine has no name for, as in many containers, has a folder like any other', () => {
  vi.spyOn(os, 'userInfo').mockImplementation(() => {
    throw new Error('ENOENT: no such user');
  });
  syncBuiltinESMExports();
  try {
    expect(() => new RunFile(ENGINE)).not.toThrow();
  } finally {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  }
});
