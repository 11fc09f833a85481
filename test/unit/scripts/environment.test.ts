import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dropAccounts, makeEnvironment } from '../../../scripts/environment.js';

const dropped = [
  'ALICLOUD_ACCESS_KEY',
  'ALICLOUD_SECRET_KEY',
  'ALICLOUD_REGION',
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_CREDENTIALS_URI',
  'ALIBABACLOUD_ACCESS_KEY_SECRET',
  'IMM_ENDPOINT',
  'MTS_ENDPOINT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'sts_endpoint',
  'PULUMI_ACCESS_TOKEN',
  'PULUMI_BACKEND_URL',
  'PULUMI_HOME',
  'PULUMI_STACK',
];

const kept = ['PATH', 'HTTPS_PROXY', 'http_proxy', 'NODE_EXTRA_CA_CERTS', 'PULUMI_ALICLOUD_MEDIA_TOOLCHAIN'];

describe('dropAccounts', () => {
  test.each(dropped)('drops %s', (name) => {
    expect(dropAccounts({ [name]: 'real' })).toEqual({});
  });

  test.each(kept)('keeps %s', (name) => {
    expect(dropAccounts({ [name]: 'own' })).toEqual({ [name]: 'own' });
  });
});

describe('makeEnvironment', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'environment-test-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('lets no value of a dropped variable through', () => {
    const real = Object.fromEntries(dropped.map((name) => [name, 'real']));
    const made = makeEnvironment(
      { folder, url: 'http://127.0.0.1:8080' },
      { ...real, HOME: 'real', PATH: '' },
    );
    expect(Object.entries(made).filter(([, value]) => value === 'real')).toEqual([]);
  });

  test('points every service at the emulator and every home into the scratch folder', () => {
    const made = makeEnvironment({ folder, url: 'http://127.0.0.1:8080' }, {});
    for (const name of ['IMM_ENDPOINT', 'MTS_ENDPOINT', 'STS_ENDPOINT']) {
      expect(made[name]).toBe('http://127.0.0.1:8080');
    }
    for (const name of ['HOME', 'USERPROFILE', 'PULUMI_HOME', 'ALIBABA_CLOUD_CREDENTIALS_FILE']) {
      expect(made[name]).toContain(folder);
    }
    expect(made.PULUMI_BACKEND_URL).toMatch(/^file:\/\//);
  });

  test('without an emulator it names an address where nothing listens', () => {
    expect(makeEnvironment({ folder }, {}).IMM_ENDPOINT).toBe('http://127.0.0.1:1');
  });

  test('puts the toolchain first on PATH', () => {
    const made = makeEnvironment({ folder, toolchain: '/toolchain' }, { PATH: '/bin' });
    expect(made.PATH).toBe(`/toolchain${delimiter}/bin`);
  });

  test('keeps loopback away from a proxy and the proxy in place', () => {
    const made = makeEnvironment({ folder }, { HTTPS_PROXY: 'http://proxy:1', no_proxy: 'inside' });
    expect(made.HTTPS_PROXY).toBe('http://proxy:1');
    expect(made.no_proxy).toBe('inside,127.0.0.1,localhost');
    expect(made.NO_PROXY).toBe(made.no_proxy);
  });
});
