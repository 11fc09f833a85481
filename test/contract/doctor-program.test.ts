import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { DoctorWorld, HIDDEN } from './doctor-world.js';

const ROOT = resolve(__dirname, '../..');

let emulator: Emulator;
let world: DoctorWorld;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  world = new DoctorWorld(emulator.url);
});
afterEach(() => world.remove());

const config = (lines: string) => world.write('Pulumi.dev.yaml', `config:\n${lines}\n`);

describe('the configuration in the files', () => {
  it.each([
    ['alicloud-media:allowedAccountIDs', 'is not known; nearest: alicloud-media:allowedAccountIds'],
    ['alicloud-media:region', 'is not read; write alicloud:region'],
    ['alicloud:account_id', 'is not read; write alicloud:accountId'],
  ])('has no %s: that is a problem with the right name', async (key, told) => {
    config(`  ${key}: "1000000000000001"`);
    const run = await world.report();
    expect(run.code).toBe(1);
    expect(run.of('configuration keys')).toBe(
      `problem: ${key} ${told} (Pulumi.dev.yaml)\nWrite the key as it is said here, or remove it.`,
    );
  });

  it('is read where Pulumi.yaml gives it, too, and leaves keys of others alone', async () => {
    world.write(
      'Pulumi.yaml',
      'name: media\nruntime: nodejs\nconfig:\n  alicloud-media:netwrok:\n    value: vpc\n  buckets:\n    default: 3\n  aws:region: x\n',
    );
    const run = await world.report();
    expect(run.of('configuration keys')).toContain(
      'alicloud-media:netwrok is not known; nearest: alicloud-media:network (Pulumi.yaml)',
    );
    expect(run.of('configuration keys')).not.toMatch(/buckets|aws/);
  });

  it('names a key of credentials that stands in clear, and never its value', async () => {
    config(
      `  alicloud:accessKey: ${HIDDEN}-id\n  alicloud:secretKey: ${HIDDEN}\n` +
        `  alicloud:assumeRole:\n    roleArn: acs:ram::1000000000000001:role/media\n    externalId: ${HIDDEN}`,
    );
    const run = await world.report();
    for (const name of ['accessKey', 'secretKey', 'assumeRole'])
      expect(run.of('secrets')).toContain(`alicloud:${name} stands in clear in Pulumi.dev.yaml`);
    expect(run.of('secrets')).toMatch(/^warning: /);
    expect(run.of('secrets')).toContain('pulumi config set --secret alicloud:secretKey');
  });

  it('names what stands encrypted as not read, and says that other credentials were taken', async () => {
    config(
      '  alicloud:accessKey: some-id\n  alicloud:secretKey:\n    secure: v1:AAAA\n' +
        '  alicloud:assumeRole:\n    externalId:\n      secure: v1:BBBB',
    );
    const run = await world.report();
    expect(run.of('stack')).toContain('encrypted and not read: alicloud:secretKey, alicloud:assumeRole');
    expect(run.of('credentials')).toMatch(
      /^warning: from environment ALIBABA_CLOUD_ACCESS_KEY_ID, since those of the stack are encrypted: alicloud:secretKey/,
    );
    expect(run.of('secrets')).toContain('alicloud:accessKey');
    expect(run.of('secrets')).not.toContain('externalId');
    expect(run.of('secrets')).not.toContain('alicloud:assumeRole');
  });

  it('is told by the number of a line, and never by the line, where it cannot be read', async () => {
    config(`  alicloud:secretKey: "${HIDDEN}\n  alicloud:region: [cn-shanghai`);
    const run = await world.report();
    expect(run.of('stack')).toMatch(/^problem: Pulumi\.dev\.yaml is not YAML: line \d/);
  });

  it('gives every problem of its values, and the rest goes on', async () => {
    config('  alicloud:accountId: "no digits"\n  alicloud-media:network: lan');
    const run = await world.report();
    expect(run.of('configuration')).toMatch(/^problem: .*no digits.*lan/);
    expect(run.of('IMM endpoint')).toBe('skip: the configuration is not usable');
    expect(run.of('package')).toMatch(/^ok/);
  });

  it('keeps every digit of an account, and takes the region of --region before its own', async () => {
    config('  alicloud:region: cn-beijing\n  alicloud:accountId: 12345678901234567890');
    const run = await world.report(['--region', 'cn-nowhere-1']);
    expect(run.of('account')).toContain('the configured accountId is 12345678901234567890.');
    expect(run.of('region')).toMatch(/^ok: cn-nowhere-1, from --region/);
    expect((await world.report()).of('region')).toMatch(/^ok: cn-beijing, from config alicloud:region/);
  });

  it('is that of the plugin where the program has the plugin', async () => {
    world.write('Pulumi.yaml', 'name: media\nruntime: yaml\n');
    config('  alicloud-media:region: cn-beijing\n  alicloud-media:consistencyWindw: 1');
    const run = await world.report();
    expect(run.of('region')).toMatch(/^ok: cn-beijing/);
    expect(run.of('configuration keys')).toContain(
      'alicloud-media:consistencyWindw is not known; nearest: alicloud-media:consistencyWindow',
    );
    expect(run.of('configuration')).toMatch(/^ok/);
  });
});

describe('the stack', () => {
  beforeEach(() => world.write('Pulumi.prod.yaml', 'config:\n  alicloud:region: cn-beijing\n'));

  it('is not guessed among several', async () => {
    expect((await world.report()).of('stack')).toMatch(/^skip: no stack is selected, of dev, prod\nName one/);
  });

  it('is that of --stack, and a name that is none is a problem with the nearest', async () => {
    expect((await world.report(['--stack', 'prod'])).of('region')).toContain('cn-beijing');
    expect((await world.report(['--stack', 'prdo'])).of('stack')).toMatch(/^problem: .*nearest: prod/);
  });

  it('is the one that `pulumi stack select` has chosen', async () => {
    const digest = createHash('sha1').update(join(world.folder, 'Pulumi.yaml')).digest('hex');
    const folder = join(world.environment.PULUMI_HOME ?? '', 'workspaces');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `media-${digest}-workspace.json`), '{"stack":"organization/media/prod"}');
    expect((await world.report()).of('stack')).toBe('ok: prod (selected); Pulumi.prod.yaml');
  });
});

describe('what is installed', () => {
  it('is a problem where the program cannot find the package', async () => {
    world.without('node_modules/pulumi-alicloud-media');
    const run = await world.report();
    expect(run.with('problem')).toEqual(['package', 'dynamic provider']);
    expect(run.of('package')).toContain('npm install pulumi-alicloud-media');
    expect(run.of('dynamic provider')).toContain('pulumi-alicloud-media/dataset-binding');
  });

  it('counts from the folder of `main`', async () => {
    world.write('app/index.js', '');
    world.link('app/node_modules/pulumi-alicloud-media', ROOT);
    world.without('node_modules/pulumi-alicloud-media');
    expect((await world.report()).of('package')).toMatch(/^problem/);
    for (const main of ['app', 'app/index.js']) {
      world.write('Pulumi.yaml', `name: media\nmain: ${main}\nruntime: nodejs\n`);
      expect((await world.report()).of('package')).toMatch(/^ok/);
    }
  });

  it('may be without @pulumi/pulumi, and the doctor runs where nothing of it can be loaded', async () => {
    world.without('node_modules/@pulumi/pulumi');
    world.write(
      'refuse.cjs',
      `const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (/^@(pulumi|grpc)\\//.test(request)) throw new Error('loaded ' + request);
  return resolve.call(this, request, ...rest);
};`,
    );
    const run = await world.report([], { NODE_OPTIONS: `--require ${join(world.folder, 'refuse.cjs')}` });
    expect(run.with('problem')).toEqual(['@pulumi/pulumi']);
    expect(run.of('TypeScript')).toMatch(/^skip/);
  });

  it.each([
    { version: '3.215.9', status: 'problem' },
    { version: '3.216.0', status: 'ok' },
    { version: '4.0.0', status: 'problem' },
  ])('has @pulumi/pulumi $version: $status', async ({ version, status }) => {
    world.without('node_modules/@pulumi/pulumi');
    world.write('node_modules/@pulumi/pulumi/package.json', JSON.stringify({ version }));
    expect((await world.report()).of('@pulumi/pulumi')).toMatch(new RegExp(`^${status}: ${version}`));
  });

  it('has a TypeScript that its @pulumi/pulumi does not take', async () => {
    world.without('node_modules/@pulumi/pulumi');
    const pulumi = { version: '3.220.0', peerDependencies: { typescript: '>= 3.8.3 < 6' } };
    world.write('node_modules/@pulumi/pulumi/package.json', JSON.stringify(pulumi));
    expect((await world.report()).of('TypeScript')).toMatch(/^warning: none is installed/);
    world.write('node_modules/typescript/package.json', '{"version":"6.0.3"}');
    expect((await world.report()).of('TypeScript')).toMatch(/^problem: 6\.0\.3; .* takes >= 3\.8\.3 < 6/);
  });

  it('has several copies of @pulumi/pulumi', async () => {
    world.write('node_modules/library/node_modules/@pulumi/pulumi/package.json', '{"version":"3.217.0"}');
    expect((await world.report()).of('copies')).toMatch(
      /^warning: 2 of @pulumi\/pulumi: .*3\.217\.0 in node_modules\/library\/node_modules\/@pulumi\/pulumi/,
    );
  });

  it('is without Pulumi, or with one that says nothing', async () => {
    world.pulumi('sleep 60');
    expect((await world.report(['--timeout', '0.5'])).of('Pulumi CLI')).toMatch(/^warning/);
    world.pulumi(undefined);
    expect((await world.report()).of('Pulumi CLI')).toMatch(/^problem: pulumi is not on PATH/);
  });
});

describe('the command line', () => {
  it.each([
    ['a folder that is none', ['--cwd', 'nowhere'], '--cwd takes a folder'],
    ['a dataset of no project', ['--dataset', 'videos'], '--dataset needs --project'],
    ['a region that is none', ['--region', 'Shanghai'], '--region takes'],
    ['no time', ['--timeout', 'soon'], '--timeout takes seconds'],
    ['an unknown option', ['--projet', 'media'], 'Did you mean --project?'],
  ])('with %s ends with 2, before anything is looked at', async (_, args, told) => {
    const { code, text } = await world.doctor(args);
    expect(code).toBe(2);
    expect(text).toContain(told);
    expect(text).not.toContain('checks:');
  });
});
