import * as pulumi from '@pulumi/pulumi';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { KEYS, type KeyDescription } from '../../../provider/alicloud/configuration/keys.js';
import { imm, mps, Provider, type ProviderArgs } from '../../../provider/program/index.js';

/** Every resource that was registered, by its name. */
const registered: string[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        registered.push(name);
        return { id: `${name}-id`, state: inputs };
      },
      call: ({ inputs }) => inputs,
    },
    'media',
    'test',
    true,
  ),
);
afterEach(async () => {
  await pulumi.runtime.disconnect();
  pulumi.runtime.setAllConfig({});
  registered.length = 0;
});

/** Each way to use the configuration of a stack. */
const USES: Readonly<Record<string, () => unknown>> = {
  'a DatasetBinding': () =>
    new imm.DatasetBinding('videos', {
      projectName: 'media',
      datasetName: 'videos',
      uri: 'oss://originals',
    }),
  'an OutputBucket': () => new mps.OutputBucket('renditions', { bucket: 'renditions' }),
  'a link that is got': () => mps.OutputBucket.get('got', 'cn-shanghai/renditions'),
  getDatasetBinding: () =>
    imm.getDatasetBinding({ projectName: 'media', datasetName: 'videos', uri: 'oss://originals' }),
  'a Provider': () => new Provider('second', { region: 'cn-shanghai' }),
};

async function refusalOf(use: () => unknown): Promise<string> {
  try {
    use();
  } catch (error) {
    // Pulumi prints any other one with the source and the stack.
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    await pulumi.runtime.disconnect();
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

describe.each(Object.entries(USES))('a stack with %s', (_, use) => {
  test.each([
    ['alicloud-media:allowedAccountIDs', 'is not known; nearest: alicloud-media:allowedAccountIds.'],
    [
      'alicloud-media:skipRequestingAccountID',
      'is not known; nearest: alicloud-media:skipRequestingAccountId.',
    ],
    ['alicloud-media:acountId', 'is not known; nearest: alicloud:accountId.'],
    ['alicloud-media:consistency_window', 'is not known; nearest: alicloud-media:consistencyWindow.'],
    // What the provider plugin reads there stands elsewhere for this host.
    ['alicloud-media:accountId', 'is not read; write alicloud:accountId.'],
    ['alicloud-media:accessKey', 'is not read; write alicloud:accessKey.'],
    ['alicloud-media:region', 'is not read; write alicloud:region.'],
    ['alicloud:access_key', 'is not read; write alicloud:accessKey.'],
    // Guards beside their namespace, or with the names of Terraform.
    ['alicloud:allowedAccountIds', 'is not read; write alicloud-media:allowedAccountIds.'],
    ['alicloud:accountID', 'is not read; write alicloud:accountId.'],
    ['alicloud:account_id', 'is not read; write alicloud:accountId.'],
  ])('is refused for %s before anything is registered', async (key, told) => {
    pulumi.runtime.setAllConfig({ [key]: 'hidden-word' });
    const refusal = await refusalOf(use);
    expect(refusal).toContain(`\n${key} ${told}`);
    expect(refusal).not.toContain('hidden-word');
    expect(registered).toEqual([]);
  });
});

const link = () => new mps.OutputBucket('renditions', { bucket: 'renditions' });

test('all keys that are wrong are told at once', async () => {
  pulumi.runtime.setAllConfig({ 'alicloud-media:regoin': 'a', 'alicloud-media:netwrok': 'b', 'app:x': 'c' });
  expect(await refusalOf(link)).toBe(
    'The configuration of the stack media/test is not usable:\n' +
      'alicloud-media:regoin is not known; nearest: alicloud:region.\n' +
      'alicloud-media:netwrok is not known; nearest: alicloud-media:network.',
  );
});

test('every key that is known passes, and so do those of others', async () => {
  const known = Object.entries<KeyDescription>(KEYS).map(([name, { namespace }]) => `${namespace}:${name}`);
  const others = [
    'alicloud:sourceIp',
    'alicloud:skipRegionValidation',
    'alicloud:regoin',
    'alicloud-other:x',
    'x:y',
  ];
  pulumi.runtime.setAllConfig(Object.fromEntries([...known, ...others].map((key) => [key, 'x'])));
  link();
  await pulumi.runtime.disconnect();
  expect(registered).toEqual(['renditions']);
});

test('a stack that serves both hosts gives a key twice: once to each', async () => {
  pulumi.runtime.setAllConfig({ 'alicloud:region': 'cn-shanghai', 'alicloud-media:region': 'cn-shanghai' });
  link();
  await pulumi.runtime.disconnect();
  expect(registered).toEqual(['renditions']);
});

describe('a Provider', () => {
  test('is refused with an argument that is not known, before it is registered', async () => {
    const args = {
      region: 'cn-shanghai',
      allowedAccountIDs: ['1'],
      acessKey: 'hidden-word',
      profile: undefined,
      assumeRole: { roleArn: 'x', externalID: 'hidden-word' },
    };
    const refusal = await refusalOf(() => new Provider('second', args as unknown as ProviderArgs));
    expect(refusal).toBe(
      "The arguments of the Provider 'second' are not usable:\n" +
        'allowedAccountIDs is not known; nearest: allowedAccountIds.\n' +
        'acessKey is not known; nearest: accessKey.\n' +
        'assumeRole.externalID is not known; nearest: assumeRole.externalId.',
    );
    expect(registered).toEqual([]);
  });

  test('does not take what only a stack can give', async () => {
    const args = { configurationSource: 'x' };
    expect(await refusalOf(() => new Provider('second', args as ProviderArgs))).toContain(
      'configurationSource is not known',
    );
  });

  test('takes every argument that it has', async () => {
    const names = Object.entries<KeyDescription>(KEYS).flatMap(([name, { stackOnly }]) =>
      stackOnly ? [] : [name],
    );
    new Provider('in-text', Object.fromEntries(names.map((name) => [name, 'x'])));
    new Provider('nothing', { nothing: undefined } as ProviderArgs);
    new Provider('later', {
      assumeRole: pulumi.output({ roleArn: 'x' }),
      assumeRoleWithOidc: Promise.resolve({ oidcProviderArn: 'x', roleArn: 'x' }),
    } as ProviderArgs);
    new Provider('whole', {
      endpoints: { oss: 'x' },
      assumeRole: { roleArn: 'x', externalId: 'y' },
    } as ProviderArgs);
    await pulumi.runtime.disconnect();
    expect(registered.sort()).toEqual(['in-text', 'later', 'nothing', 'whole']);
  });
});
