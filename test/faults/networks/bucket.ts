import { expect } from 'vitest';
import { CallError, type DynamicProcess, type Properties } from '../../support/dynamic/dynamic-process.js';
import { providerTextOf } from '../../support/lifecycle/lifecycle-of.js';
import { leaksIn } from '../leaks.js';
import { PASSWORD_FORMS } from './connect-proxy.js';
import type { Network } from './network.js';

const [BINDING_TEXT = '', BUCKET_TEXT = ''] = ['imm.DatasetBinding', 'mps.OutputBucket'].map(providerTextOf);

/** Where the requests about an output bucket go. */
export const MPS = 'https://mts.cn-shanghai.aliyuncs.com';
/** What a proxy is asked for by links of both kinds. */
export const HOSTS = [
  'imm.cn-shanghai.aliyuncs.com:443',
  'mts.cn-shanghai.aliyuncs.com:443',
  'sts.aliyuncs.com:443',
];
/** The configuration without which STS is asked first. */
export const NO_STS = { 'alicloud-media:skipRequestingAccountId': 'true' };

const BINDING: Properties = {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://originals',
  region: 'cn-shanghai',
  __provider: BINDING_TEXT,
};

/** An output bucket whose operations end after this time. */
export function bucket(timeout = '30s'): Properties {
  const customTimeouts = { create: timeout, read: timeout, delete: timeout };
  return { bucket: 'renditions', region: 'cn-shanghai', customTimeouts, __provider: BUCKET_TEXT };
}

/** Makes, reads and removes a link of each kind. */
export async function wholeLife({ emulator }: Network, provider: DynamicProcess): Promise<void> {
  const made = [await provider.create(BINDING), await provider.create(bucket())];
  for (const { id, outputs } of made) {
    expect((await provider.read(id, outputs)).id).toBe(id);
    await provider.delete(id, outputs);
  }
  expect(emulator.isEmpty()).toBe(true);
}

/** How a create of an output bucket fails. Nothing is left behind by it, and no secret stands in what is shown. */
export async function failure(
  { emulator }: Network,
  provider: DynamicProcess,
  inputs = bucket(),
): Promise<string> {
  const error = await provider.create(inputs).catch((thrown: unknown) => thrown);
  if (!(error instanceof CallError)) throw new Error('the create succeeded');
  expect(error.kept).toBeUndefined();
  expect(emulator.isEmpty()).toBe(true);
  expectNoSecret({ error: error.message, printed: provider.printed });
  return error.message;
}

export function expectNoSecret(places: Readonly<Record<string, string>>): void {
  expect(leaksIn(places)).toEqual([]);
  for (const text of Object.values(places))
    for (const form of PASSWORD_FORMS) expect(text).not.toContain(form);
}
