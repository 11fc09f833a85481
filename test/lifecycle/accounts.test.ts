import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Emulator, type KeyPair, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { isMutating } from '../support/links/links.js';
import { keyPair } from '../support/servers/key-pair.js';

const FIRST = keyPair('first', '1000000000000001');
const SECOND = keyPair('second', '2000000000000002');
const LINKS = `
new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('renditions', { bucket: 'renditions' });`;
const MADE = [
  'BindOutputBucket cn-shanghai/renditions',
  'CreateBinding cn-shanghai/media/videos/oss://originals',
];
const REMOVED = [
  'DeleteBinding cn-shanghai/media/videos/oss://originals',
  'UnbindOutputBucket cn-shanghai/renditions',
];

let emulator: Emulator;
let stack: Stack | undefined;

beforeAll(async () => {
  emulator = await startEmulator({ keys: [FIRST, SECOND] });
});
afterEach(() => {
  stack?.remove();
  stack = undefined;
});
afterAll(() => emulator.close());

function environmentOf({ accessKeyId, accessKeySecret }: KeyPair): NodeJS.ProcessEnv {
  return { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret };
}

/** A stack whose environment holds the keys of the first account; every account has the project. */
async function makeStack(program: string, config: Record<string, string> = {}): Promise<Stack> {
  emulator.reset();
  for (const { account } of emulator.keys) addProject(account);
  stack = await Stack.make({ emulator, program, config, environment: environmentOf(FIRST), resident: true });
  return stack;
}

function addProject(account: string): void {
  emulator.createProject('media', { account });
  emulator.createDataset('media', 'videos', { account });
}

/** The mutating calls of one account since the journal was cleared. */
function calls({ account }: Pick<KeyPair, 'account'>): string[] {
  return emulator
    .journal()
    .filter((entry) => entry.account === account && isMutating(entry.action))
    .map(({ action, link, code }) => [action, link, code].filter(Boolean).join(' '))
    .sort();
}

/** What the state holds of the links, as text; the engine may write the rest of a resource in other words. */
async function recorded(stack: Stack): Promise<string> {
  const links = await stack.links();
  return JSON.stringify(links.map(({ urn, id, inputs, outputs }) => [urn, id, inputs, outputs]));
}

/** How often each override is said; the engine repeats below this heading what it showed while it ran. */
function overridesSaid(text: string): Record<string, number> {
  const said = text.slice(text.indexOf('Diagnostics:')).match(/\w+(?= requests go to )/g) ?? [];
  return Object.fromEntries(
    [...new Set(said)].map((name) => [name, said.filter((one) => one === name).length]),
  );
}

/** The services that were sent anything since the journal was cleared. */
function services(): string[] {
  return [...new Set(emulator.journal().map(({ service }) => service))];
}

it('refuses to refresh or destroy with the keys of another account, and neither sends nor changes anything', async () => {
  const stack = await makeStack(LINKS);
  expect(overridesSaid(await stack.up())).toEqual({ IMM: 1, MPS: 1, STS: 1 });
  expect(calls(FIRST)).toEqual(MADE);
  await stack.settled();
  const before = await recorded(stack);

  for (const command of ['refresh', 'destroy']) {
    emulator.clearJournal();
    const text = await stack.fail([command, '--yes', '--skip-preview'], environmentOf(SECOND));
    expect(text).toContain(
      `it belongs to account ${FIRST.account}, and the credentials in force are those of account ${SECOND.account} (environment ALIBABA_CLOUD_ACCESS_KEY_ID)`,
    );
    expect(services()).toEqual(['sts']);
    expect(await recorded(stack)).toBe(before);
  }

  expect(overridesSaid(await stack.destroy())).toEqual({ IMM: 1, MPS: 1, STS: 1 });
  expect(calls(FIRST)).toEqual(REMOVED);
  expect(emulator.isEmpty()).toBe(true);
  expect(await stack.links()).toEqual([]);
});

it.runIf(IS_WIDE)(
  'works in no account but the configured ones, and asks for none under skipRequestingAccountId',
  async () => {
    const stack = await makeStack(LINKS, { 'alicloud:accountId': SECOND.account });
    expect(await stack.fail(['up', '--yes', '--skip-preview'])).toContain(
      `The credentials in force belong to account ${FIRST.account} (acs:ram::${FIRST.account}:root, from environment ALIBABA_CLOUD_ACCESS_KEY_ID), but the configured accountId is ${SECOND.account}. No other request was sent.`,
    );

    await stack.succeed('config', 'rm', 'alicloud:accountId');
    await stack.succeed(
      'config',
      'set',
      '--plaintext',
      '--path',
      'alicloud-media:allowedAccountIds[0]',
      SECOND.account,
    );
    expect(await stack.fail(['up', '--yes', '--skip-preview'])).toContain(
      `but alicloud-media:allowedAccountIds allows only ${SECOND.account}`,
    );
    expect(services()).toEqual(['sts']);
    expect(await stack.links()).toEqual([]);

    await stack.succeed('config', 'rm', 'alicloud-media:allowedAccountIds');
    await stack.succeed('config', 'set', 'alicloud-media:skipRequestingAccountId', 'true');
    emulator.clearJournal();
    await stack.up();
    await stack.settled();
    for (const { outputs } of await stack.links()) expect(outputs).not.toHaveProperty('accountId');
    expect(await stack.destroy()).toContain('DeleteBinding (account not asked, RequestId');
    expect(services().sort()).toEqual(['imm', 'mts']);
    expect(calls(FIRST)).toEqual([...MADE, ...REMOVED].sort());
  },
);

it.runIf(IS_WIDE)(
  'makes each link in the account of its Provider, keeps the keys encrypted, and removes both',
  async () => {
    const stack = await makeStack(`
const second = new Provider('second', { accessKey: process.env.SECOND_ID, secretKey: process.env.SECOND_SECRET });
for (const [name, options] of [['mine', {}], ['theirs', { provider: second }]]) {
  const binding = new imm.DatasetBinding(name, { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' }, options);
  new mps.OutputBucket(name, { bucket: 'renditions' }, options);
  const { projectName, datasetName, uri } = binding;
  exports[name] = imm.getDatasetBinding({ projectName, datasetName, uri }, options).state;
}`);
    Object.assign(stack.environment, {
      SECOND_ID: SECOND.accessKeyId,
      SECOND_SECRET: SECOND.accessKeySecret,
    });
    // Once by each process: the program's with its two functions, and one for each account.
    expect(overridesSaid(await stack.up())).toEqual({ IMM: 3, MPS: 3, STS: 3 });
    expect(calls(FIRST)).toEqual(MADE);
    expect(calls(SECOND)).toEqual(MADE);
    for (const { urn, outputs } of await stack.links()) {
      expect(outputs.accountId).toBe(urn.endsWith('::mine') ? FIRST.account : SECOND.account);
    }
    await stack.settled();
    expect(await stack.exported()).toContain('"alicloud:accessKey"');
    for (const { accessKeyId, accessKeySecret } of [FIRST, SECOND]) {
      expect(stack.printed).not.toContain(accessKeyId);
      expect(stack.printed).not.toContain(accessKeySecret);
    }

    // The state alone has the keys by now.
    Object.assign(stack.environment, { SECOND_ID: '', SECOND_SECRET: '' });
    emulator.clearJournal();
    await stack.destroy();
    expect(calls(FIRST)).toEqual(REMOVED);
    expect(calls(SECOND)).toEqual(REMOVED);
    expect(emulator.isEmpty()).toBe(true);
  },
);

it.runIf(IS_WIDE)(
  'a provider of another account is refused in the preview; another name beside it makes the links there, and removes them here',
  async () => {
    const keysOf = (name: 'FIRST' | 'SECOND') =>
      `{ accessKey: process.env.${name}_ID, secretKey: process.env.${name}_SECRET }`;
    const program = (keysOfA: 'FIRST' | 'SECOND', provider: 'a' | 'b', name: string) => `
const a = new Provider('a', ${keysOf(keysOfA)});
const b = new Provider('b', ${keysOf('SECOND')});
new imm.DatasetBinding('${name}', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' }, { provider: ${provider} });
new mps.OutputBucket('${name}', { bucket: 'renditions' }, { provider: ${provider} });`;
    const stack = await makeStack(program('FIRST', 'a', 'old'));
    Object.assign(stack.environment, {
      ...{ FIRST_ID: FIRST.accessKeyId, FIRST_SECRET: FIRST.accessKeySecret },
      ...{ SECOND_ID: SECOND.accessKeyId, SECOND_SECRET: SECOND.accessKeySecret },
    });
    await stack.up();
    expect(calls(FIRST)).toEqual(MADE);
    emulator.clearJournal();

    for (const changed of [program('FIRST', 'b', 'old'), program('SECOND', 'a', 'old')]) {
      stack.write(changed);
      const text = await stack.fail(['preview']);
      expect(text).toContain(
        `it belongs to account ${FIRST.account}, and the credentials in force are those of account ${SECOND.account}`,
      );
      expect(text).toContain('give the resource another name beside its new provider');
      expect(services()).toEqual(['sts']);
    }

    stack.write(program('FIRST', 'b', 'new'));
    await stack.up();
    expect(calls(SECOND)).toEqual(MADE);
    expect(calls(FIRST)).toEqual(REMOVED);
    emulator.clearJournal();
    await stack.destroy();
    expect(calls(SECOND)).toEqual(REMOVED);
    expect(emulator.isEmpty()).toBe(true);
  },
);

it.runIf(IS_WIDE)(
  'makes and removes links in the account of a role, assumed with a key or with an OIDC token file',
  async () => {
    const [owner, token] = ['3000000000000003', 'emulator-oidc-token-content'];
    const roleArn = `acs:ram::${owner}:role/media-deploy`;
    const stack = await makeStack(LINKS);
    addProject(owner);
    await stack.succeed('config', 'set', '--plaintext', '--path', 'alicloud:assumeRole.roleArn', roleArn);
    await stack.up();
    expect(calls({ account: owner })).toEqual(MADE);
    expect(emulator.journal().find(({ action }) => action === 'AssumeRole')).toMatchObject({
      account: FIRST.account,
      params: { RoleArn: roleArn, RoleSessionName: 'pulumi-alicloud-media' },
    });
    await stack.settled();

    // The same links, by another way to the same account.
    const file = join(stack.folder, 'token');
    writeFileSync(file, `${token}\n`);
    const oidcProviderArn = `acs:ram::${owner}:oidc-provider/ci`;
    await stack.succeed('config', 'rm', 'alicloud:assumeRole');
    for (const [field, value] of Object.entries({ oidcProviderArn, roleArn, oidcTokenFile: file })) {
      await stack.succeed(
        'config',
        'set',
        '--plaintext',
        '--path',
        `alicloud:assumeRoleWithOidc.${field}`,
        value,
      );
    }
    Object.assign(stack.environment, {
      ALIBABA_CLOUD_ACCESS_KEY_ID: '',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: '',
    });
    emulator.clearJournal();
    // Changes nothing but the configuration that is stored for a refresh and a destroy, and asks whose credentials these are.
    expect(await stack.up()).toContain('3 unchanged');
    expect(services()).toEqual(['sts']);
    await stack.settled();
    await stack.destroy();
    expect(calls({ account: owner })).toEqual(REMOVED);
    // The exchange of the token is not signed at all; everything else is, with what it gave.
    const signers = (signed: boolean) =>
      emulator.journal().filter(({ action }) => (action === 'AssumeRoleWithOIDC') !== signed);
    expect(new Set(signers(true).map(({ account }) => account))).toEqual(new Set([owner]));
    expect(signers(false).length).toBeGreaterThan(0);
    expect(emulator.isEmpty()).toBe(true);

    await stack.exported();
    // The emulator's temporary keys and tokens begin so.
    for (const secret of [token, 'TESTSTS', 'emulator-token', FIRST.accessKeyId, FIRST.accessKeySecret]) {
      expect(stack.printed).not.toContain(secret);
    }
  },
);
