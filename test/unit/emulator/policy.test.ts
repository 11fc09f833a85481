import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, type RamPolicy, startEmulator } from '../../../emulator/index.js';
import { Rpc } from './rpc.js';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
});
afterEach(() => emulator.close());

const allow = (Action: string | string[], Resource: string | string[]): RamPolicy['Statement'][number] => ({
  Effect: 'Allow',
  Action,
  Resource,
});

async function codeOf(
  service: 'imm' | 'mts',
  action: string,
  params: Record<string, string>,
): Promise<string> {
  const [key] = emulator.keys;
  if (key === undefined) throw new Error('no key');
  const rpc = new Rpc(emulator.url, service === 'imm' ? '2020-09-30' : '2014-06-18', key);
  return rpc.ok(action, params).then(
    () => 'ok',
    (error: { readonly code: string }) => error.code,
  );
}

const MEDIA = { ProjectName: 'media' };

it.each<[string, RamPolicy['Statement'], string]>([
  ['its own action and resource', [allow('imm:GetProject', 'acs:imm:cn-shanghai:*:project/media')], 'ok'],
  ['wildcards and any case of an action', [allow(['IMM:get*'], '*')], 'ok'],
  ['another resource', [allow('imm:GetProject', 'acs:imm:cn-shanghai:*:project/other')], 'AccessDenied'],
  ['another region', [allow('imm:*', 'acs:imm:cn-beijing:*:project/*')], 'AccessDenied'],
  ['another action', [allow('imm:ListProjects', '*')], 'AccessDenied'],
  ['nothing', [], 'AccessDenied'],
  [
    'all, and a denial',
    [allow('*', '*'), { Effect: 'Deny', Action: 'imm:GetProject', Resource: '*' }],
    'AccessDenied',
  ],
])('a key whose policy allows %s', async (_, Statement, code) => {
  emulator.allowOnly(emulator.keys[0]?.accessKeyId ?? '', { Version: '1', Statement });
  expect(await codeOf('imm', 'GetProject', MEDIA)).toBe(code);
});

it('an action without a permission for a part needs every resource', async () => {
  const id = emulator.keys[0]?.accessKeyId ?? '';
  emulator.allowOnly(id, { Version: '1', Statement: [allow('mts:*', 'acs:mts:cn-shanghai:*:*')] });
  expect(await codeOf('mts', 'ListAllMediaBucket', {})).toBe('AccessDenied');
  emulator.allowOnly(id, { Version: '1', Statement: [allow('mts:*', '*')] });
  expect(await codeOf('mts', 'ListAllMediaBucket', {})).toBe('ok');
});

it('is set from another process, refused where it is none, and taken back with the denials', async () => {
  const put = (policy: unknown) =>
    fetch(`${emulator.url}/_emulator/policy`, {
      method: 'PUT',
      body: JSON.stringify({ accessKeyId: emulator.keys[0]?.accessKeyId, policy }),
    });
  expect((await put({ Statement: [{ Effect: 'Maybe' }] })).status).toBe(400);
  expect(await codeOf('imm', 'GetProject', MEDIA)).toBe('ok');
  expect((await put({ Statement: [] })).status).toBe(200);
  expect(await codeOf('imm', 'GetProject', MEDIA)).toBe('AccessDenied');
  await fetch(`${emulator.url}/_emulator/deny`, { method: 'DELETE' });
  expect(await codeOf('imm', 'GetProject', MEDIA)).toBe('ok');
});
