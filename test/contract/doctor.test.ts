import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { doctorSchema } from '../../cli/doctor/report.js';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { DoctorWorld, HIDDEN } from './doctor-world.js';

const READS = [...new Set(LIFECYCLES.flatMap(({ description }) => description.calls.reads))];
const NAMED = ['--project', 'media', '--dataset', 'videos'];

let emulator: Emulator;
let world: DoctorWorld;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

beforeEach(() => {
  emulator.reset();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  world = new DoctorWorld(emulator.url);
});
afterEach(() => {
  world.remove();
  emulator.setLatency(0);
  const sent = new Set(emulator.journal().map(({ action }) => action));
  // Of every test: nothing that changes something is ever sent.
  expect([...sent].filter((action) => ![...READS, 'GetCallerIdentity'].includes(action))).toEqual([]);
});

const config = (lines: string) => world.write('Pulumi.dev.yaml', `config:\n${lines}\n`);

describe('a program where all is well', () => {
  it('has no problem, and every action that a resource reads with was asked', async () => {
    const told = await world.report(NAMED);
    expect(told.with('problem')).toEqual([]);
    expect(told.with('warning')).toEqual([]);
    expect(told.with('skip')).toEqual(['plugin']);
    expect(told.code).toBe(0);
    expect(told.of('account')).toBe('ok: 1000000000000001, as accountId allows');
    expect(told.of('stack')).toBe('ok: dev (the only one); Pulumi.dev.yaml');
    expect(told.of('Pulumi CLI')).toBe('ok: v3.245.0');
    expect(told.of('credentials')).toBe('ok: from environment ALIBABA_CLOUD_ACCESS_KEY_ID');
    const asked = new Set(emulator.journal().map(({ action }) => action));
    expect([...asked].sort()).toEqual([...READS, 'GetCallerIdentity'].sort());
  });

  it('is told a line for each check, and the counts, without colours in a pipe', async () => {
    const { code, text } = await world.doctor(NAMED);
    expect(code).toBe(0);
    expect(text).toMatch(
      /^ok {7}region +cn-shanghai, from environment ALIBABA_CLOUD_REGION; IMM and MPS serve it$/m,
    );
    expect(text.trimEnd().split('\n').at(-1)).toBe('26 checks: 25 ok, 0 warnings, 0 problems, 1 skipped');
    expect(text).not.toContain('\u001b');
  });

  it('is told what was not asked, and how to ask it, where no project is named', async () => {
    const told = await world.report();
    expect(told.code).toBe(0);
    expect(told.of('imm.Project')).toMatch(/^skip: not asked: imm:GetProject,.*\nGive --project NAME/);
    expect((await world.report(NAMED.slice(0, 2))).of('imm.DatasetBinding')).toContain('Give --dataset NAME');
  });
});

describe('the report', () => {
  it('has a place in docs/guides/doctor.md for every check', async () => {
    const page = readFileSync(resolve(__dirname, '../../docs/guides/doctor.md'), 'utf8');
    const missing = (await world.report()).report.checks.filter(({ name }) => !page.includes(name));
    expect(missing).toEqual([]);
  });

  it.each([{ of: 'a good program' }, { of: 'no program at all' }])(
    'of $of is what its schema says',
    async ({ of }) => {
      const args = of.startsWith('no') ? ['--cwd', '/'] : NAMED;
      const { report } = await world.report(args);
      const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(doctorSchema);
      validate(report);
      expect(validate.errors).toBeNull();
      expect(validate({ ...report, more: true })).toBe(false);
    },
  );
});

describe('the account and the permissions', () => {
  it('says whose the credentials are, and asks nothing of another account', async () => {
    config('  alicloud:accountId: "1000000000000002"');
    const told = await world.report(NAMED);
    expect(told.code).toBe(1);
    expect(told.with('problem')).toEqual(['account']);
    expect(told.of('account')).toContain('belong to account 1000000000000001');
    expect(told.of('account')).toContain('the configured accountId is 1000000000000002');
    expect(told.of('imm.Project')).toMatch(/^skip: .*the credentials are those of another account/);
    expect(emulator.journal().map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  it('names the RAM action that is denied, and on what to allow it', async () => {
    emulator.deny({ action: 'imm:SimpleQuery' });
    const told = await world.report(NAMED);
    expect(told.with('problem')).toEqual(['imm.Dataset']);
    expect(told.of('imm.Dataset')).toMatch(
      /^problem: denied: imm:SimpleQuery \(AccessDenied, RequestId \S+\); permitted: /,
    );
    expect(told.of('imm.Dataset')).toContain(
      'Allow imm:SimpleQuery on acs:imm:cn-shanghai:1000000000000001:project/media/dataset/videos',
    );
  });

  it('takes what is not found for permitted', async () => {
    expect((await world.report(['--project', 'none', '--dataset', 'none'])).with('problem')).toEqual([]);
  });

  it('says where keys that are refused came from', async () => {
    const told = await world.report([], { ALIBABA_CLOUD_ACCESS_KEY_SECRET: HIDDEN });
    expect(told.with('problem')).toEqual(['credentials']);
    expect(told.of('credentials')).toMatch(/^problem: .*SignatureDoesNotMatch/);
    expect(told.of('credentials')).toContain('came from environment ALIBABA_CLOUD_ACCESS_KEY_ID');
  });

  it('says that there are no credentials', async () => {
    const told = await world.report([], {
      ALIBABA_CLOUD_ACCESS_KEY_ID: '',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: '',
      ALIBABA_CLOUD_CREDENTIALS_FILE: '',
    });
    expect(told.of('credentials')).toMatch(/^problem: .*default chain/);
    expect(told.of('account')).toBe('skip: there are no usable credentials');
  });
});

describe('the clock', () => {
  it.each([
    { minutes: 0, status: 'ok: as that of the service' },
    { minutes: 5, status: 'warning: 300 s behind the service' },
    { minutes: -5, status: 'warning: 300 s ahead of the service' },
    { minutes: 20, status: 'problem: more than 15 minutes' },
  ])('that is $minutes minutes off is told: $status', async ({ minutes, status }) => {
    const off = await startEmulator({ clock: { now: () => Date.now() + minutes * 60_000 } });
    const env = { IMM_ENDPOINT: off.url, MTS_ENDPOINT: off.url, STS_ENDPOINT: off.url };
    const told = await world.report([], env);
    await off.close();
    // The Date of a reply has whole seconds.
    expect(told.of('clock').replace(/\b(299|301)\b/, '300')).toContain(status);
    expect(told.code).toBe(status.startsWith('problem') ? 1 : 0);
  });
});

describe('the network', () => {
  it('says which host does not answer, and goes on with the rest', async () => {
    const started = Date.now();
    const told = await world.report(NAMED, { IMM_ENDPOINT: 'http://127.0.0.1:1' });
    // A connection that is refused is not tried for all the time there is.
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(told.with('problem')).toEqual(['IMM endpoint']);
    expect(told.of('IMM endpoint')).toContain(
      'problem: http://127.0.0.1:1, by environment IMM_ENDPOINT: ECONNREFUSED at http://127.0.0.1:1',
    );
    expect(told.of('imm.Project')).toContain('IMM gave no answer');
    expect(told.of('mps.OutputBucket')).toBe('ok: permitted: mts:ListAllMediaBucket');
  });

  it('asks no service of which nobody knows whether the account is the right one', async () => {
    const told = await world.report(NAMED, { STS_ENDPOINT: 'http://127.0.0.1:1' });
    expect(told.with('problem')).toEqual(['STS endpoint']);
    expect(told.of('IMM endpoint')).toContain('STS does not say whether this is the account');
    expect(emulator.journal()).toEqual([]);
  });

  it('says that a certificate is not trusted, and which proxy is on the way without its password', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
    const server = createServer({ key, cert }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    const env = { MTS_ENDPOINT: `https://127.0.0.1:${port}`, IMM_ENDPOINT: 'https://imm.example.com' };
    const told = await world.report([], { ...env, HTTPS_PROXY: `http://user:${HIDDEN}@127.0.0.1:1` });
    server.close();
    expect(told.of('MPS endpoint')).toMatch(/^problem: .*not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    expect(told.of('MPS endpoint')).toContain('alicloud-media:caFile');
    expect(told.of('IMM endpoint')).toContain(
      'https://imm.example.com, by environment IMM_ENDPOINT, through the proxy 127.0.0.1:1',
    );
  });

  it('ends every wait for a service that says nothing', async () => {
    config('  alicloud:region: cn-shanghai');
    emulator.setLatency(60_000);
    const started = Date.now();
    const told = await world.report([...NAMED, '--timeout', '0.5']);
    // Three hosts, and the process itself.
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(told.with('problem')).toEqual(['IMM endpoint', 'MPS endpoint', 'STS endpoint']);
    expect(told.of('STS endpoint')).toMatch(/no (reply|connection|answer)/);
    expect(told.report.checks).toHaveLength(26);
  });
});
