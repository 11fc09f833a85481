import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type AuditReport, auditSchema, type Finding } from '../../cli/audit/report.js';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { description as binding } from '../../provider/imm/dataset-binding/dataset-binding.js';
import { description as output } from '../../provider/mps/output-bucket.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { commandLine, type Ended } from '../support/cli/command-line.js';
import type { Entry } from '../support/cli/states.js';

export const SHOP = '1000000000000001';
export const PRESS = '1000000000000002';
export const SECRET = 'press-secret-of-the-test';
export const BINDING = 'cn-shanghai/media/videos/oss://originals';
export const BUCKET = 'cn-shanghai/renditions';

const isValid = new Ajv({ allErrors: true }).compile(auditSchema);

export let emulator: Emulator;
export let folder: string;
export let environment: NodeJS.ProcessEnv;

/** The hooks of a file of tests; each test has an emulator of its own, with the keys of two accounts. */
export function useWorld(): void {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    const press = { accessKeyId: 'press-key', accessKeySecret: SECRET, account: PRESS };
    emulator = await startEmulator({ limits: false });
    const { keys } = emulator;
    await emulator.close();
    emulator = await startEmulator({ limits: false, keys: [...keys, press] });
    // Where the environment of the tests names no such file.
    const { ALIBABA_CLOUD_CREDENTIALS_FILE: _, ...own } = makeEnvironment({ folder, url: emulator.url });
    environment = own;
    const profile = { name: 'press', mode: 'AK', access_key_id: 'press-key', access_key_secret: SECRET };
    mkdirSync(join(folder, 'home/.aliyun'), { recursive: true });
    writeFileSync(
      join(folder, 'home/.aliyun/config.json'),
      JSON.stringify({ current: 'press', profiles: [{ ...profile, region_id: 'cn-shanghai' }] }),
    );
  });
  afterEach(() => emulator.close());
}

export const bindingEntry = (more: Partial<Entry> = {}): Entry => ({
  description: binding,
  name: 'originals',
  id: BINDING,
  outputs: { accountId: SHOP, createTime: new Date(madeAt).toISOString(), status: 'Active' },
  ...more,
});
export const bucketEntry = (more: Partial<Entry> = {}): Entry => ({
  description: output,
  name: 'renditions',
  id: BUCKET,
  outputs: { accountId: SHOP, boundAt: '2026-01-01T00:00:00Z' },
  ...more,
});

export const audit = (args: readonly string[], input?: string): Promise<Ended> =>
  commandLine(['audit', ...args], { environment, ...(input !== undefined && { input }) });

export async function report(
  args: readonly string[],
  input?: string,
): Promise<AuditReport & { readonly code: number | null }> {
  const { code, out, err } = await audit([...args, '--json'], input);
  expect(out, err).not.toBe('');
  const parsed = JSON.parse(out) as AuditReport;
  expect(isValid(parsed), JSON.stringify(isValid.errors)).toBe(true);
  return { ...parsed, code };
}

export const kinds = ({ findings }: AuditReport) => findings.map(({ kind, id }: Finding) => `${kind} ${id}`);

let madeAt = Date.now();

export function stack(): void {
  madeAt = Date.now();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createBinding(BINDING);
  emulator.bindOutputBucket('renditions');
}
