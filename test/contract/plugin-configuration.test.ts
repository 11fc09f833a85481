import { beforeEach, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { CallError } from '../support/dynamic/provider-process.js';
import { urnOf } from '../support/plugin/plugin-client.js';
import { BINDING, BUCKET, LINK, LINK_ID, PluginWorld, SECRET, UNKNOWNS } from './plugin-world.js';

const world = PluginWorld.make();

describe('the configuration', () => {
  it('is checked as a whole: each failure names its key', async () => {
    const { failures } = await world.plugin.checkConfig({
      region: 'Shanghai',
      regoin: 'cn-shanghai',
      network: 'intranet',
      consistencyWindow: 'long',
      assumeRole: '{"roleArn":"x"}',
    });
    expect(failures.map((reason) => /^[\w:-]+(?:\.\w+)?/.exec(reason)?.[0]).sort()).toEqual([
      'alicloud-media:assumeRole.roleArn',
      'alicloud-media:consistencyWindow',
      'alicloud-media:network',
      'alicloud-media:region',
      'alicloud-media:regoin',
    ]);
    expect(failures.join()).toContain('nearest: region');
    expect(world.actions()).toEqual([]);
  });

  it('shows no secret in a failure', async () => {
    const secretKey = { ...SECRET, value: 'not\u00a0printable-secret' };
    const { failures } = await world.plugin.checkConfig({ accessKey: 'some-key-id', secretKey });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^alicloud-media:secretKey has a space/);
    expect(failures[0]).not.toContain('printable');
  });

  it.each([
    ['accessKey', 'alicloud-media:secretKey'],
    ['secretKey', 'alicloud-media:accessKey'],
  ])("with only %s asks for the missing key in Pulumi's own way", async (given, missing) => {
    expect((await world.plugin.checkConfig({ [given]: 'half-a-pair' })).failures).toEqual([]);
    const error = await world.plugin.configure({ [given]: 'half-a-pair' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallError);
    expect((error as CallError).missingKeys).toEqual([missing]);
  });

  it.each(UNKNOWNS)('lets what is not known yet pass (%s)', async (unknown) => {
    const args = { region: unknown, accessKey: unknown, secretKey: unknown, allowedAccountIds: unknown };
    expect(await world.plugin.checkConfig(args)).toEqual({ inputs: args, failures: [] });
  });

  it('that changes replaces nothing', async () => {
    const [olds, news] = [{ region: 'cn-shanghai' }, { region: 'cn-beijing' }];
    expect(await world.plugin.diffConfig(olds, news)).toEqual({ changes: 'some', replaces: [] });
    expect(await world.plugin.diffConfig(olds, olds)).toEqual({ changes: 'none', replaces: [] });
  });

  it('gives the region and the keys, secret or not, and lists', async () => {
    await world.plugin.configure({
      region: 'cn-beijing',
      accessKey: { ...SECRET, value: TEST_ACCESS_KEY_ID },
      secretKey: { ...SECRET, value: TEST_ACCESS_KEY_SECRET },
      allowedAccountIds: [TEST_ACCOUNT_ID],
      version: '0.1.0',
    });
    expect((await world.plugin.check(BUCKET, { bucket: 'renditions' })).inputs).toEqual({
      bucket: 'renditions',
      region: 'cn-beijing',
    });
    const { outputs } = await world.plugin.create(BUCKET, { bucket: 'renditions', region: 'cn-beijing' });
    expect(outputs.accountId).toBe(TEST_ACCOUNT_ID);
  });

  it('takes account ids that are written as numbers, and guards by them', async () => {
    const link = { bucket: 'renditions', region: 'cn-shanghai' };
    const [own, other] = [Number(TEST_ACCOUNT_ID), 2000000000000002];
    await world.plugin.configure({ accountId: own, allowedAccountIds: [own, other] });
    expect((await world.plugin.create(BUCKET, link)).outputs.accountId).toBe(TEST_ACCOUNT_ID);
    await world.plugin.configure({ allowedAccountIds: [other] });
    const refused = world.plugin.create(BUCKET, { ...link, bucket: 'copies' });
    await expect(refused).rejects.toThrow(`allows only ${other}`);
  });

  it('that is not usable fails every check, with the keys of this host', async () => {
    await world.plugin.configure({ network: 'intranet' });
    const { failures } = await world.plugin.check(BUCKET, { bucket: 'renditions' });
    expect(failures).toEqual({ '': expect.stringContaining('alicloud-media:network is "intranet"') });
  });

  it('that lacks a region or credentials is told by the keys of this host', async () => {
    await world.plugin.stop();
    const unset = [
      'ALIBABA_CLOUD_REGION',
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      'ALIBABA_CLOUD_CREDENTIALS_FILE',
    ];
    await world.start(Object.fromEntries(unset.map((name) => [name, ''])));
    await world.plugin.configure();
    const { failures } = await world.plugin.check(BUCKET, { bucket: 'renditions' });
    expect(failures.region).toContain('`pulumi config set alicloud-media:region <region>`');
    const creating = world.plugin.create(BUCKET, { bucket: 'renditions', region: 'cn-shanghai' });
    const error = await creating.catch((thrown: unknown) => thrown);
    expect((error as CallError).message).toContain('Not set: alicloud-media:accessKey');
    expect((error as CallError).message).not.toMatch(/\balicloud:/);
  });
});

it('a check and a step that lack a key name it as this host takes it', async () => {
  await world.plugin.stop();
  await world.start({
    ALIBABA_CLOUD_REGION: undefined,
    ALIBABA_CLOUD_ACCESS_KEY_ID: undefined,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined,
    ALIBABA_CLOUD_CREDENTIALS_FILE: undefined,
  });
  await world.plugin.configure();
  const { failures } = await world.plugin.check(BUCKET, { bucket: 'renditions' });
  expect(failures).toEqual({ region: expect.stringContaining('pulumi config set alicloud-media:region') });
  await expect(world.plugin.create(BUCKET, { bucket: 'renditions', region: 'cn-shanghai' })).rejects.toThrow(
    'Not set: alicloud-media:accessKey',
  );
});

describe('a preview', () => {
  beforeEach(() => world.plugin.configure());

  it('of a create knows the inputs, and not what the service will answer; it sends nothing', async () => {
    const { inputs } = await world.plugin.check(BINDING, { ...LINK, projectName: UNKNOWN });
    expect(await world.plugin.create(BINDING, inputs, { preview: true })).toEqual({
      id: '',
      outputs: {
        ...LINK,
        projectName: UNKNOWN,
        accountId: UNKNOWN,
        createTime: UNKNOWN,
        status: UNKNOWN,
        failedReason: UNKNOWN,
      },
    });
    expect(world.actions()).toEqual([]);
  });

  it('of an update keeps what is known', async () => {
    const olds = {
      bucket: 'renditions',
      region: 'cn-shanghai',
      accountId: '1',
      boundAt: '2026-01-01T00:00:00Z',
    };
    const news = { bucket: 'renditions', region: 'cn-shanghai', adopt: true };
    expect(
      await world.plugin.update(BUCKET, 'cn-shanghai/renditions', olds, news, { preview: true }),
    ).toEqual({
      ...olds,
      adopt: true,
    });
    expect(world.actions()).toEqual([]);
  });

  it.each(UNKNOWNS)('takes %s for unknown', async (unknown) => {
    const { failures } = await world.plugin.check(BINDING, { ...LINK, adopt: unknown });
    expect(failures).toEqual({});
    expect(await world.plugin.diff(BINDING, LINK_ID, LINK, { ...LINK, uri: unknown })).toMatchObject({
      replaces: ['uri'],
    });
  });

  it('marks what replaces, and warns beside the resource what that means', async () => {
    const diff = await world.plugin.diff(BINDING, LINK_ID, LINK, {
      ...LINK,
      uri: 'oss://others',
      projectName: UNKNOWN,
    });
    expect(diff).toEqual({
      changes: 'some',
      replaces: ['projectName', 'uri'],
      deleteBeforeReplace: true,
      details: {
        projectName: { kind: 'UPDATE_REPLACE', inputDiff: true },
        uri: { kind: 'UPDATE_REPLACE', inputDiff: true },
      },
    });
    // Both are sent before the answer, or the engine might be gone.
    await expect
      .poll(() => world.engine.logged)
      .toEqual([
        {
          severity: 'warning',
          text: expect.stringMatching(
            /^cn-shanghai\/.* is to be replaced: .* scanned again as a whole, which is billed\.$/,
          ),
          urn: urnOf(BINDING),
          isStatus: false,
        },
      ]);
  });

  it('shows a failed binding as replaced because of what it is, not because of an input', async () => {
    const { details } = await world.plugin.diff(BINDING, LINK_ID, { ...LINK, status: 'Failed' }, LINK);
    expect(details).toEqual({ status: { kind: 'UPDATE_REPLACE', inputDiff: false } });
  });

  it('does not see what only the dynamic host keeps in the state', async () => {
    const olds = { ...LINK, __provider: 'exports.handler=()=>{}', customTimeouts: { delete: '1h' } };
    expect(await world.plugin.diff(BINDING, LINK_ID, olds, LINK)).toMatchObject({
      changes: 'none',
      replaces: [],
    });
  });
});
