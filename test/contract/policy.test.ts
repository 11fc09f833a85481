import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Policy } from '../../cli/policy/policy.js';
import { description as dataset } from '../../provider/imm/dataset/dataset.js';
import { commandLine, type Ended } from '../support/cli/command-line.js';
import { exportedState } from '../support/cli/states.js';
import {
  bindingEntry,
  bucketEntry,
  emulator,
  environment,
  folder,
  PRESS,
  SHOP,
  stack,
  useWorld,
} from './audit-world.js';

useWorld();

const datasetEntry = (forceDestroy: boolean) => ({
  description: dataset,
  name: 'videos',
  id: 'cn-shanghai/media/videos',
  outputs: { accountId: SHOP, forceDestroy },
});

const policy = (args: readonly string[], input?: string): Promise<Ended> =>
  commandLine(['policy', ...args], { environment, ...(input !== undefined && { input }) });

async function printed(args: readonly string[], input?: string): Promise<Policy> {
  const { code, out, err } = await policy(args, input);
  expect(code, err).toBe(0);
  return JSON.parse(out) as Policy;
}

it('names actions and resources of just this stack and command, and says where the API has no part to name', async () => {
  const exported = exportedState({ stack: 'dev', entries: [bindingEntry(), bucketEntry()] });
  const destroy = await policy(['--state', '-', '--for', 'destroy'], exported);
  expect(JSON.parse(destroy.out)).toEqual({
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['imm:DeleteBinding', 'imm:GetBinding', 'imm:ListBindings'],
        Resource: [`acs:imm:cn-shanghai:${SHOP}:project/media/dataset/videos`],
      },
      { Effect: 'Allow', Action: ['mts:ListAllMediaBucket', 'mts:UnbindOutputBucket'], Resource: ['*'] },
    ],
  });
  expect(destroy.err).toContain(
    'mts:UnbindOutputBucket: on every resource, since it has no permission for a part of them (api-facts.md §3).',
  );
  const refresh = await printed(['--state', '-', '--for', 'refresh'], exported);
  expect(refresh.Statement.flatMap(({ Action }) => Action)).toEqual([
    'imm:GetBinding',
    'imm:ListBindings',
    'mts:ListAllMediaBucket',
  ]);
  expect(emulator.journal()).toEqual([]);
});

it('has the removal of index entries only for a dataset that says so', async () => {
  const actions = async (force: boolean) => {
    const exported = exportedState({ stack: 'dev', entries: [datasetEntry(force)] });
    return (await printed(['--state', '-'], exported)).Statement.flatMap(({ Action }) => Action);
  };
  expect(await actions(true)).toContain('imm:BatchDeleteFileMeta');
  expect(await actions(false)).not.toContain('imm:BatchDeleteFileMeta');
});

it('is of one account, which is to be chosen where the stack has several', async () => {
  const elsewhere = bucketEntry({ name: 'press', outputs: { accountId: PRESS } });
  const exported = exportedState({ stack: 'dev', entries: [bindingEntry(), elsewhere] });
  const both = await policy(['--state', '-'], exported);
  expect(both).toMatchObject({ code: 2, out: '' });
  expect(both.err).toContain(`the accounts ${SHOP}, ${PRESS}: choose one with --account`);
  const one = await printed(['--state', '-', '--account', PRESS], exported);
  expect(one.Statement.flatMap(({ Action }) => Action).every((action) => action.startsWith('mts:'))).toBe(
    true,
  );
});

it('says what another policy lacks, and ends with 1; a condition allows nothing for certain', async () => {
  const exported = exportedState({ stack: 'dev', entries: [bindingEntry()] });
  const file = join(folder, 'policy.json');
  const compare = (...statements: readonly object[]) => {
    writeFileSync(file, JSON.stringify({ Version: '1', Statement: statements }));
    return policy(['--state', '-', '--for', 'destroy', '--compare', file], exported);
  };
  const all = { Effect: 'Allow', Action: 'imm:*', Resource: 'acs:imm:*:*:project/media/*' };
  expect(await compare(all)).toMatchObject({ code: 0, out: '' });
  const on = `on acs:imm:cn-shanghai:${SHOP}:project/media/dataset/videos`;
  expect(await compare(all, { Effect: 'Deny', Action: ['imm:Delete*'], Resource: '*' })).toMatchObject({
    code: 1,
    out: `missing: imm:DeleteBinding ${on}\n`,
  });
  expect((await compare({ ...all, Condition: { Bool: { 'acs:SecureTransport': true } } })).code).toBe(1);
  expect((await compare({ ...all, Resource: 'acs:imm:*:*:project/other/*' })).code).toBe(1);
});

it('reads the states of earlier versions', async () => {
  const states = resolve(__dirname, '../package/states');
  for (const file of readdirSync(states)) {
    const { Statement } = await printed(['--state', join(states, file), '--for', 'destroy']);
    expect(Statement.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['imm:DeleteBinding', 'mts:UnbindOutputBucket']),
    );
  }
});

it('of an audit lets an audit see everything', async () => {
  stack();
  emulator.attachBucket('media', 'thumbs');
  const { keys } = emulator;
  emulator.allowOnly(keys[0]?.accessKeyId ?? '', await printed(['--for', 'audit']));
  const { code, out } = await commandLine(['audit', '--json'], { environment });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ accounts: [{ seen: 5 }], notSeen: [] });
});

it.each([
  [['--for', 'deploy'], '--for takes preview, up, refresh, destroy, audit, not deploy'],
  [['--for', 'audit', '--for', 'up'], '--for audit stands alone'],
  [['--compare', 'nothing.json', '--for', 'audit'], 'nothing.json cannot be read (ENOENT)'],
])('ends with 2 for %j', async (args, message) => {
  const { code, err } = await policy(args, '');
  expect(err).toContain(message);
  expect(code).toBe(2);
});
