import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { auditSchema } from '../../cli/audit/report.js';
import { exportedState } from '../support/cli/states.js';
import {
  audit,
  BINDING,
  BUCKET,
  bindingEntry,
  bucketEntry,
  emulator,
  folder,
  kinds,
  PRESS,
  report,
  SECRET,
  SHOP,
  stack,
  useWorld,
} from './audit-world.js';

useWorld();

describe('what exists', () => {
  it('names all that is in no given stack, of every resource, region and account, and ends with 1', async () => {
    stack();
    emulator.attachBucket('media', 'thumbs');
    emulator.bindInputBucket('uploads', { region: 'cn-beijing' });
    emulator.createProject('archive', { account: PRESS, region: 'eu-central-1' });
    const own = await report([]);
    expect(own.code).toBe(1);
    expect(own.accounts).toEqual([{ account: SHOP, credentials: 'the default credentials', seen: 6 }]);
    expect(kinds(own)).toEqual([
      'dangling cn-shanghai/media/oss://thumbs',
      'dangling cn-shanghai/media/videos',
      `dangling ${BINDING}`,
      'dangling cn-shanghai/media',
      'dangling cn-beijing/input:uploads',
      `dangling ${BUCKET}`,
    ]);
    const press = await report(['--profile', 'press']);
    expect(press.accounts).toEqual([{ account: PRESS, credentials: 'profile press', seen: 1 }]);
    expect(kinds(press)).toEqual(['dangling eu-central-1/archive']);
  });

  it('is listed by each role that is to be assumed, and an account once', async () => {
    stack();
    emulator.bindOutputBucket('press', { account: PRESS });
    const roles = [PRESS, SHOP, PRESS].map((account) => `acs:ram::${account}:role/audit`);
    const found = await report([
      ...roles.flatMap((arn) => ['--assume-role', arn]),
      '--region',
      'cn-shanghai',
    ]);
    expect(found.accounts).toEqual([
      { account: PRESS, credentials: `role ${roles[0]}`, seen: 1 },
      { account: SHOP, credentials: `role ${roles[1]}`, seen: 4 },
    ]);
  });

  it('is clean with 0 where the stacks have all of it, whichever host made them', async () => {
    stack();
    const exported = exportedState({
      stack: 'dev',
      entries: [bindingEntry({ host: 'plugin' }), bucketEntry()],
    });
    const { code, findings, stacks, notSeen } = await report(['--state', '-', '--project', 'none'], exported);
    expect({ code, findings, notSeen }).toEqual({ code: 0, findings: [], notSeen: [] });
    expect(stacks).toEqual([{ stack: 'shop/dev', from: 'standard input', resources: 2 }]);
  });

  it('looks where it is told to, and holds nothing against a stack elsewhere', async () => {
    stack();
    emulator.bindOutputBucket('far', { region: 'cn-beijing' });
    const exported = exportedState({
      stack: 'dev',
      entries: [bindingEntry({ id: 'cn-beijing/a/b/oss://ccc' })],
    });
    const one = await report(['--region', 'cn-beijing', '--project', 'other', '--state', '-'], exported);
    expect(kinds(one)).toEqual(['dangling cn-beijing/far']);
    expect(one.code).toBe(1);
  });
});

describe('what a stack says', () => {
  it('tells of what is claimed twice, gone, made again by somebody, in doubt, or was under way in a killed run', async () => {
    stack();
    const lost = { accountId: SHOP, createTime: '2020-01-01T00:00:00Z', status: 'Active' };
    const doubt = {
      ...lost,
      __link: { tried: { from: '2026-01-01T00:00:00Z', until: '2026-01-01T00:00:01Z' } },
    };
    const dev = exportedState({
      stack: 'dev',
      entries: [
        bindingEntry({ outputs: lost }),
        bindingEntry({ name: 'old', id: 'cn-shanghai/media/videos/oss://old', outputs: lost }),
        bindingEntry({ name: 'of-old', id: 'cn-shanghai/media/gone/oss://old', outputs: lost }),
        bindingEntry({ name: 'maybe', id: 'cn-shanghai/media/videos/oss://maybe', outputs: doubt }),
        bucketEntry(),
        bucketEntry({ name: 'read', fields: { external: true } }),
      ],
      pending: [bucketEntry({ name: 'new', outputs: { bucket: 'new', region: 'cn-shanghai' } })],
    });
    const prod = exportedState({ stack: 'prod', entries: [bucketEntry({ name: 'out', host: 'plugin' })] });
    mkdirSync(join(folder, 'states'), { recursive: true });
    writeFileSync(join(folder, 'states/dev.json'), dev);
    writeFileSync(join(folder, 'states/prod.json.gz'), gzipSync(prod));
    const found = await report(['--state', join(folder, 'states')]);
    expect(kinds(found)).toEqual([
      `claimed ${BUCKET}`,
      `another ${BINDING}`,
      'pending cn-shanghai/new',
      'doubt cn-shanghai/media/videos/oss://maybe',
      'gone cn-shanghai/media/gone/oss://old',
      'gone cn-shanghai/media/videos/oss://old',
      'dangling cn-shanghai/media/videos',
      'dangling cn-shanghai/media',
    ]);
    expect(found.findings[0]?.stacks).toEqual([
      `shop/dev: renditions (${join(folder, 'states/dev.json')})`,
      `shop/prod: out (${join(folder, 'states/prod.json.gz')})`,
    ]);
    expect(found.code).toBe(1);
  });

  it('tells of a binding that is Stopped or Failed, with the reason of the service', async () => {
    stack();
    emulator.failBinding(BINDING, 'quota of the dataset');
    const { findings } = await report(
      ['--state', '-'],
      exportedState({ stack: 'dev', entries: [bindingEntry()] }),
    );
    const trouble = findings.find(({ kind }) => kind === 'trouble');
    expect(trouble).toMatchObject({ id: BINDING, stacks: ['shop/dev: originals'] });
    expect(trouble?.says).toMatch(/^Failed: quota of the dataset\. New changes in the bucket/);
  });

  it.each(['0.1.0-dynamic', '0.1.0-plugin', ''])(
    'reads the recorded states of earlier versions (%s)',
    async () => {
      const file = resolve(__dirname, '../package/states');
      const { stacks } = await report(['--state', file, '--region', 'cn-shanghai']);
      expect(stacks.length).toBeGreaterThan(0);
      for (const { resources } of stacks) expect(resources).toBeGreaterThan(1);
    },
  );

  it.each([
    [['--state', 'no-such-file'], 'the state no-such-file cannot be read (ENOENT)'],
    [['--state', '-'], 'standard input is no state of a stack'],
    [['--timeout', 'soon'], '--timeout takes seconds'],
    [['--profile', 'a', '--profile', 'b', '--assume-role', 'c'], 'give one, or none'],
    [['--jsn'], 'Did you mean --json?'],
  ])('ends with 2 and sends nothing for %j', async (args, message) => {
    const { code, out, err } = await audit(args, '{"name": "no state"}');
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(emulator.journal()).toEqual([]);
  });
});

it('works with a policy that allows its reads and nothing else, sends only those, and shows no secret', async () => {
  stack();
  const Action = ['imm:List*', 'mts:ListAllMediaBucket'];
  const [key] = emulator.keys;
  emulator.allowOnly(key?.accessKeyId ?? '', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const { code, out, err } = await audit([]);
  expect(code, err).toBe(1);
  const sent = [...new Set(emulator.journal().map(({ action }) => action))];
  expect(sent.every((action) => /^(List|GetCallerIdentity)/.test(action))).toBe(true);
  for (const secret of [SECRET, key?.accessKeySecret ?? 'none', 'Signature'])
    expect(out + err).not.toContain(secret);
});

it('prints columns that a person can read, without colour or progress on a pipe', async () => {
  stack();
  const { out } = await audit(['--region', 'cn-shanghai']);
  expect(out).not.toContain('\u001b');
  const lines = out.split('\n');
  expect(lines[0]).toBe('4 in no given stack');
  expect(lines[2]).toMatch(/^resource +id +account +made$/);
  expect(out).toContain(`\n4 exist in the accounts ${SHOP}; 0 stacks have 0. 4 found, 0 not seen.\n`);
});

it('the schema in docs/ is that of the report', () => {
  const written = readFileSync(resolve(__dirname, '../../docs/reference/schemas/audit.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(auditSchema)));
});
