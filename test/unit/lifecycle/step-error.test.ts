import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf } from '../../../provider/alicloud/answers/error-codes.js';
import {
  ConfigurationError,
  CredentialsError,
  TransportError,
} from '../../../provider/alicloud/answers/errors.js';
import { KeptError, StepError } from '../../../provider/hosts/step-error.js';
import { isUnfinished } from '../../../provider/lifecycle/standing.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';

const RESOURCE = 'mps.OutputBucket cn-shanghai/my-bucket';
const explained = (cause: unknown) => new StepError('delete', RESOURCE, cause, 'ADVICE').message;

describe('the error of a step', () => {
  it('says the action, the resource, the code, the message, the RequestId and what to do', () => {
    const error = errorOf({
      service: 'mts',
      action: 'UnbindOutputBucket',
      code: 'Forbidden.RAM',
      text: 'no',
      requestId: 'R-1',
    });
    expect(explained(error)).toBe(
      `cannot delete ${RESOURCE}: MPS UnbindOutputBucket: Forbidden.RAM: no (RequestId R-1). Give the caller the RAM actions listed on the page of this resource, then run the command again.`,
    );
  });

  it.each([
    'SignatureDoesNotMatch',
    'InvalidAccessKeyId.NotFound',
    'InvalidSecurityToken.Malformed',
    'MissingAccessKeyId',
  ])('says of keys that are answered %s where they came from, whichever the service', (code) => {
    for (const service of ['imm', 'mts', 'sts'] as const)
      expect(explained(errorOf({ service, action: 'A', code, text: 'no' }))).toMatch(
        /\(RequestId not given\)\. Correct these credentials, or give others\. ADVICE$/,
      );
  });

  it('says of expired keys where they came from', () => {
    const error = errorOf({
      service: 'imm',
      action: 'GetBinding',
      code: 'SecurityTokenExpired',
      text: 'old',
    });
    expect(explained(error)).toBe(
      `cannot delete ${RESOURCE}: IMM GetBinding: SecurityTokenExpired: old (RequestId not given). Renew the credentials and run the same command again. ADVICE`,
    );
    expect(explained(errorOf({ service: 'imm', action: 'A', code: 'Forbidden', text: 'no' }))).not.toContain(
      'ADVICE',
    );
  });

  it.each([
    [
      new TransportError('imm', 'GetBinding', 'ECONNRESET at https://x', true),
      'IMM GetBinding: ECONNRESET at https://x. Check the network between',
    ],
    [new ConfigurationError(['one', 'two']), 'the configuration is not usable:\none\ntwo'],
    [new CredentialsError('no credentials were found'), 'no credentials were found'],
    [new CredentialsError('it gave none', 'Check it.'), 'it gave none. Check it.'],
    [new Error('it does not exist.'), 'it does not exist.'],
    ['a thrown text', 'a thrown text'],
    [undefined, 'undefined'],
  ])('explains %s', (cause, text) => {
    expect(explained(cause)).toContain(`cannot delete ${RESOURCE}: ${text}`);
  });

  it('has no stack of ours, however it is printed', () => {
    const error = new StepError('create', RESOURCE, new Error('why'), '');
    expect(error.stack).toBe('');
    expect(String(error)).toBe(`${RESOURCE}: create failed`);
    expect(inspect(error)).not.toMatch(/\n\s+at /);
  });
});

describe('a step', () => {
  let world: LifecycleWorld;
  beforeAll(async () => {
    world = await LifecycleWorld.start();
  });
  afterAll(() => world.close());
  const BUCKET = { bucket: 'my-bucket', region: 'cn-shanghai' };
  const BINDING = {
    projectName: 'media',
    datasetName: 'videos',
    uri: 'oss://my-bucket',
    region: 'cn-shanghai',
  };
  const BINDING_ID = 'cn-shanghai/media/videos/oss://my-bucket';

  it('ends within its custom timeout', async () => {
    world.begin();
    world.emulator.addFault({ kind: 'throttled', action: 'BindOutputBucket', times: 'always' });
    const started = world.clock.now();
    const inputs = { ...BUCKET, customTimeouts: { create: '20s', delete: '1h' } };
    await expect(world.bucket.create(inputs)).rejects.toThrow(/cannot create .*Throttling/);
    expect(world.clock.now() - started).toBeLessThanOrEqual(20_000);
    expect(world.clock.now() - started).toBeGreaterThan(5_000);
  });

  it('ends within 10 minutes where no timeout is given', { timeout: 20_000 }, async () => {
    world.begin();
    world.emulator.addFault({ kind: 'throttled', action: 'BindOutputBucket', times: 'always' });
    const started = world.clock.now();
    await expect(world.bucket.create(BUCKET)).rejects.toThrow('Throttling');
    expect(world.clock.now() - started).toBeLessThanOrEqual(600_000);
    expect(world.clock.now() - started).toBeGreaterThan(500_000);
  });

  it('that waits for Running in vain keeps the binding, and the next update goes on waiting', async () => {
    world.begin();
    world.emulator.setBucketRules([{ bucketContains: 'my-bucket', outcome: 'Ready', reason: '' }]);
    const inputs = { ...BINDING, customTimeouts: { create: '30s' } };
    const error = await world.binding.create(inputs).catch((thrown: unknown) => thrown);
    if (!(error instanceof KeptError)) throw error;
    expect(error.message).toMatch(/^cannot create imm.DatasetBinding .*last seen: State Ready/);
    expect([error.id, isUnfinished(error.outputs)]).toEqual([BINDING_ID, true]);
    world.emulator.resumeBinding(BINDING_ID);
    const updated = await world.binding.update(BINDING_ID, error.outputs, inputs);
    expect(updated).toMatchObject({ status: 'Active' });
    expect(isUnfinished(updated)).toBe(false);
  });

  it('says that it is alive while it does not get to know the account', async () => {
    world.begin();
    world.emulator.addFault({ kind: 'throttled', action: 'GetCallerIdentity', times: 'always' });
    const inputs = { ...BUCKET, customTimeouts: { create: '1m' } };
    await expect(world.bucket.create(inputs)).rejects.toThrow('STS GetCallerIdentity: Throttling');
    expect(world.said.length).toBeGreaterThanOrEqual(3);
    for (const line of world.said)
      expect(line).toMatch(
        /^info: mps\.OutputBucket cn-shanghai\/my-bucket: STS GetCallerIdentity: Throttling.*; try \d+ in .*, .* so far$/,
      );
  });

  it('that finds no project says what to do: make it for a create, and that it proves nothing for a link there was', async () => {
    world.begin();
    const inputs = { ...BINDING, projectName: 'nowhere' };
    const id = 'cn-shanghai/nowhere/videos/oss://my-bucket';
    await expect(world.binding.create(inputs)).rejects.toThrow(
      /the project nowhere or its dataset videos is not found in cn-shanghai: .*\. Check the names, .* or make them first: a binding needs both\.$/,
    );
    await expect(world.binding.read(id, inputs)).rejects.toThrow(
      /no proof that the binding is gone\. Check the names, .*`pulumi state delete`\.$/,
    );
  });

  it('refuses a text that is no id, before any request', async () => {
    world.begin();
    await expect(world.bucket.read('my-bucket', {})).rejects.toThrow(
      'cannot read mps.OutputBucket my-bucket: this is no id of it. An id is {region}/{bucket}, such as cn-shanghai/my-bucket.',
    );
    expect(world.emulator.journal()).toEqual([]);
  });

  it('refuses a list of adoptions that holds no id, before any request', async () => {
    world.begin({ environment: { ALICLOUD_MEDIA_ADOPT: 'all' } });
    await expect(world.bucket.create(BUCKET)).rejects.toThrow(
      'ALICLOUD_MEDIA_ADOPT: "all" is no id of a resource.',
    );
    expect(world.emulator.journal()).toEqual([]);
  });

  it('takes over what the run was told to, of both resources', async () => {
    const ids = `${BINDING_ID},cn-shanghai/my-bucket`;
    world.begin({ environment: { ALICLOUD_MEDIA_ADOPT: ids } });
    world.emulator.createBinding(BINDING_ID);
    world.emulator.bindOutputBucket('my-bucket');
    expect((await world.binding.create(BINDING)).id).toBe(BINDING_ID);
    const { outputs } = await world.bucket.create(BUCKET);
    expect(outputs).not.toHaveProperty('adopt');
    expect(world.said.filter((line) => line.includes('took it over'))).toHaveLength(2);
  });

  it('says one line for a delete: action, link, account, RequestId', async () => {
    world.begin();
    const { id, outputs } = await world.bucket.create(BUCKET);
    world.said.length = 0;
    await world.bucket.delete(id, outputs);
    const { requestId } = world.emulator.journal().at(-1) ?? {};
    expect(world.said).toEqual([
      `info: mps.OutputBucket ${id}: UnbindOutputBucket (account 1000000000000001, RequestId ${requestId}). MPS has it as an output bucket no longer.`,
    ]);
  });

  it('about a link of another account sends nothing about it', async () => {
    world.begin();
    const { id, outputs } = await world.bucket.create(BUCKET);
    world.restartProvider();
    world.emulator.clearJournal();
    const stored = { ...outputs, accountId: '9' };
    for (const work of [
      world.bucket.read(id, stored),
      world.bucket.update(id, stored, BUCKET),
      world.bucket.delete(id, stored),
    ])
      await expect(work).rejects.toThrow(/belongs to account 9, .* account 1000000000000001/);
    expect(world.emulator.journal().map(({ service }) => service)).toEqual(['sts']);
  });
});
