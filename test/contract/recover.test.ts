import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { adoptLine } from '../../cli/recover/adopt-line.js';
import { type RecoverReport, recoverSchema } from '../../cli/recover/report.js';
import { commandLine } from '../support/cli/command-line.js';
import { type Entry, exportedState } from '../support/cli/states.js';
import {
  BINDING,
  BUCKET,
  bindingEntry,
  bucketEntry,
  emulator,
  environment,
  stack,
  useWorld,
} from './audit-world.js';

useWorld();

const isValid = new Ajv({ allErrors: true }).compile(recoverSchema);
const NAMES = { region: 'cn-shanghai', projectName: 'media', datasetName: 'videos', uri: 'oss://originals' };
const pendingBinding = (more: Partial<Entry> = {}): Entry =>
  bindingEntry({ outputs: { ...NAMES, ...more.outputs }, ...(more.fields && { fields: more.fields }) });
const pendingBucket = bucketEntry({ outputs: { region: 'cn-shanghai', bucket: 'renditions' } });
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

async function recover(
  input: string,
  ...args: readonly string[]
): Promise<RecoverReport & { code: number | null }> {
  const { code, out, err } = await commandLine(['recover', '--state', '-', '--json', ...args], {
    environment,
    input,
  });
  expect(out, err).not.toBe('');
  const report = JSON.parse(out) as RecoverReport;
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  return { ...report, code };
}

const judged = ({ creates }: RecoverReport) => creates.map(({ id, is }) => `${is} ${id}`);

describe('a create that was under way', () => {
  it('is ours where it exists, no given stack has it, and its time does not contradict it', async () => {
    stack();
    const pending = [pendingBinding(), pendingBucket];
    const found = await recover(exportedState({ stack: 'dev', time: ago(0), pending }));
    expect(judged(found)).toEqual([`ours ${BINDING}`, `ours ${BUCKET}`]);
    expect(found.adopt).toEqual([BINDING, BUCKET]);
    expect(found.creates[0]?.says).toMatch(/^It exists, made .*, not after .*, and no given stack has it\.$/);
    expect(found.creates[1]?.says).toContain('The service keeps no time of it');
    expect(found.code).toBe(1);
  });

  it('is missing where it does not exist, or what it hangs on does not: nothing is to be taken over', async () => {
    const none = await recover(exportedState({ stack: 'dev', pending: [pendingBinding(), pendingBucket] }));
    expect(judged(none)).toEqual([`missing ${BINDING}`, `missing ${BUCKET}`]);
    expect(none).toMatchObject({ adopt: [], code: 0 });
  });

  it('is unknown for a minute after the kill, while what was sent may not show yet', async () => {
    const pending = [pendingBinding(), pendingBucket];
    const young = await recover(exportedState({ stack: 'dev', time: ago(0.5), pending }));
    expect(judged(young)).toEqual([`unknown ${BINDING}`, `unknown ${BUCKET}`]);
    expect(young.creates[0]?.says).toContain('Run this again then, before you destroy.');
    expect(young).toMatchObject({ adopt: [], code: 2 });
  });

  it('is contradicted where it was made before what it hangs on was, or long after the engine ended', async () => {
    stack();
    const late = await recover(exportedState({ stack: 'dev', time: ago(13), pending: [pendingBinding()] }));
    expect(judged(late)).toEqual([`contradicted ${BINDING}`]);
    const longer = { outputs: { customTimeouts: { create: '30m' } } };
    const allowed = await recover(
      exportedState({ stack: 'dev', time: ago(13), pending: [pendingBinding(longer)] }),
    );
    expect(judged(allowed)).toEqual([`ours ${BINDING}`]);
    const parent = { ...bucketEntry(), fields: { created: ago(-5) } };
    const urn = 'urn:pulumi:dev::shop::pulumi-nodejs:dynamic/alicloud-media:OutputBucket::renditions';
    const early = exportedState({
      stack: 'dev',
      time: ago(-6),
      entries: [parent],
      pending: [pendingBinding({ fields: { dependencies: [urn] } })],
    });
    const before = await recover(early);
    expect(judged(before)).toEqual([`contradicted ${BINDING}`]);
    expect([late, before].map(({ adopt, code }) => ({ adopt, code }))).toEqual([
      { adopt: [], code: 1 },
      { adopt: [], code: 1 },
    ]);
  });

  it('is left where another given stack has it', async () => {
    stack();
    const own = exportedState({
      stack: 'dev',
      time: ago(0),
      entries: [bindingEntry()],
      pending: [pendingBinding()],
    });
    expect(await recover(own)).toMatchObject({ creates: [{ is: 'owned' }], adopt: [], code: 0 });
  });

  it('is unknown where the listing is denied, or a secret names it: 2, and no line', async () => {
    stack();
    emulator.deny({ action: 'imm:ListBindings' });
    const secret = {
      '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
      ciphertext: 'v1:abc',
    };
    const hidden = bucketEntry({ name: 'hidden', outputs: { region: 'cn-shanghai', bucket: secret } });
    const found = await recover(exportedState({ stack: 'dev', pending: [pendingBinding(), hidden] }));
    expect(judged(found)).toEqual([`unknown ${BINDING}`, 'unknown ']);
    expect(found.creates[0]?.says).toContain('ListBindings');
    expect(found).toMatchObject({ adopt: [], code: 2 });
    expect(JSON.stringify(found)).not.toContain('v1:abc');
  });
});

describe('the line', () => {
  const ID = "cn-shanghai/o'brien's $HOME %PATH% `x`";

  it('hands a POSIX shell the ids as they are', () => {
    const line = adoptLine([ID, 'second'], 'sh').replace('pulumi up', 'printenv ALICLOUD_MEDIA_ADOPT');
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' }).trimEnd()).toBe(`${ID},second`);
  });

  it('quotes for PowerShell and cmd, and leaves the variable set in neither', () => {
    expect(adoptLine(["a'b"], 'powershell')).toBe(
      "$env:ALICLOUD_MEDIA_ADOPT = 'a''b'; pulumi up; Remove-Item env:ALICLOUD_MEDIA_ADOPT",
    );
    expect(adoptLine(['a%b'], 'cmd')).toBe(
      'set "ALICLOUD_MEDIA_ADOPT=a%%b" && pulumi up & set "ALICLOUD_MEDIA_ADOPT="',
    );
  });
});

it('the schema in docs/ is that of the report', () => {
  const written = readFileSync(resolve(__dirname, '../../docs/reference/schemas/recover.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(recoverSchema)));
});
