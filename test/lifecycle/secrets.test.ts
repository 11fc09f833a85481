import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { Rpc } from '../unit/emulator/rpc.js';
import { linkRequests, mutatingCalls } from './calls.js';

const LINKS = `
new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('renditions', { bucket: 'renditions' });`;
const REMOVED = [
  'DeleteBinding cn-shanghai/media/videos/oss://originals',
  'UnbindOutputBucket cn-shanghai/renditions',
];
const KEY = { accessKey: TEST_ACCESS_KEY_ID, secretKey: TEST_ACCESS_KEY_SECRET };
const WARNING = 'in clear, and Pulumi copies it into the state';

interface Session {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
}

let emulator: Emulator;
let stack: Stack | undefined;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => {
  stack?.remove();
  stack = undefined;
});
afterAll(() => emulator.close());

/** A stack without a key in its environment; whatever its commands start prints all it can. */
async function makeStack(keys: {
  secretConfig?: Record<string, string>;
  environment?: NodeJS.ProcessEnv;
}): Promise<Stack> {
  emulator.reset();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  const environment = { DEBUG: '*', ...inEnvironment(undefined), ...keys.environment };
  stack = await Stack.make({
    emulator,
    program: LINKS,
    ...keys,
    environment,
    passphrase: true,
    resident: true,
  });
  return stack;
}

/** Temporary keys of the emulator's account. */
async function temporaryKeys(): Promise<Session> {
  const key = { accessKeyId: KEY.accessKey, accessKeySecret: KEY.secretKey };
  const { Credentials } = await new Rpc(emulator.url, '2015-04-01', key).ok('AssumeRole', {
    RoleArn: `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`,
    RoleSessionName: 'test',
  });
  const given = Credentials as Record<'AccessKeyId' | 'AccessKeySecret' | 'SecurityToken', string>;
  return {
    accessKey: given.AccessKeyId,
    secretKey: given.AccessKeySecret,
    securityToken: given.SecurityToken,
  };
}

function inConfig(keys: Partial<Session>): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).map(([name, value]) => [`alicloud:${name}`, value]));
}

function inEnvironment(keys: Partial<Session> | undefined): NodeJS.ProcessEnv {
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: keys?.accessKey ?? '',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys?.secretKey ?? '',
    ALIBABA_CLOUD_SECURITY_TOKEN: keys?.securityToken ?? '',
  };
}

function expectNone(text: string, ...keys: Partial<Session>[]): void {
  for (const secret of keys.flatMap((key) => Object.values(key))) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
  }
  expect(text).not.toMatch(/\bSignature(Nonce)?(=|%3D|"|:)|string to sign is[: ]+(?!\[redacted\])\S/i);
}

it.runIf(IS_WIDE)(
  'warns once of keys in clear, and the command that it gives keeps them out of state and output',
  async () => {
    const stack = await makeStack({});
    // The CLI refuses what looks like a secret to it, unless it is told.
    await stack.configure('--plaintext', inConfig(KEY));
    const up = await stack.up();
    const said = up.slice(up.indexOf('Diagnostics:'));
    expect(said.split(WARNING)).toHaveLength(2);
    expect(said).toMatch(/^ *pulumi config set --secret alicloud:accessKey$/m);
    expect(said).toMatch(/^ *pulumi config set --secret alicloud:secretKey$/m);
    expectNone(JSON.stringify(await stack.links()), KEY);

    await stack.configure('--secret', inConfig(KEY));
    expect(await stack.up()).not.toContain(WARNING);
    stack.printed = '';
    await stack.settled();
    expect(await stack.exported()).toContain('"alicloud:accessKey"');

    emulator.deny({ action: '*' });
    expect(await stack.fail(['destroy', '--yes', '--skip-preview'])).toContain('AccessDenied');
    emulator.allow();
    mutatingCalls(emulator);
    await stack.destroy();
    expect(mutatingCalls(emulator).sort()).toEqual(REMOVED);
    expect(stack.printed).not.toContain(WARNING);
    expectNone(stack.printed, KEY);
  },
);

it('keeps keys of the environment out of the state, encrypted or not, and out of every line that is printed', async () => {
  const session = await temporaryKeys();
  const stack = await makeStack({ environment: inEnvironment(session) });
  await stack.up();
  await stack.settled();
  await stack.refresh();
  await stack.succeed('stack', 'export', '--show-secrets');

  emulator.expireTokens();
  const expired = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(expired).toContain(
    'These credentials came from environment ALIBABA_CLOUD_ACCESS_KEY_ID; without --run-program, destroy and refresh use the configuration stored by the last up.',
  );
  const mistyped = { ...KEY, secretKey: 'emulator-mistyped-secret' };
  const refused = await stack.fail(['destroy', '--yes', '--skip-preview'], inEnvironment(mistyped));
  expect(refused).toContain('SignatureDoesNotMatch');

  mutatingCalls(emulator);
  const { code, text } = await stack.run(['destroy', '--yes', '--skip-preview'], inEnvironment(KEY));
  expect(code, text).toBe(0);
  expect(mutatingCalls(emulator).sort()).toEqual(REMOVED);
  expectNone(stack.printed, session, KEY, mistyped);
});

it('refuses a credential key that it knows and does not honour, in preview, before any request', async () => {
  const hidden = 'emulator-misplaced-key';
  const refused = ['alicloud:access_key', 'alicloud-media:securityToken'];
  const stack = await makeStack({
    environment: inEnvironment(KEY),
    secretConfig: Object.fromEntries(refused.map((name) => [name, hidden])),
  });
  const text = await stack.fail(['preview']);
  expect(text).toContain('alicloud:access_key is not read; write alicloud:accessKey.');
  expect(text).toContain('alicloud-media:securityToken is not read; write alicloud:securityToken.');
  expect(emulator.journal()).toEqual([]);
  expectNone(stack.printed, { accessKey: hidden }, KEY);
});

it.runIf(IS_WIDE)(
  'destroys with the keys of the last up, and under --run-program with those that replaced them',
  async () => {
    const first = await temporaryKeys();
    const stack = await makeStack({ secretConfig: inConfig(first) });
    await stack.up();
    emulator.expireTokens();
    const second = await temporaryKeys();
    await stack.configure('--secret', inConfig(second));

    linkRequests(emulator);
    const text = await stack.fail(['destroy', '--yes', '--skip-preview']);
    expect(text).toContain(
      'These credentials came from config alicloud:accessKey; without --run-program, destroy and refresh use the configuration stored by the last up.',
    );
    expect(linkRequests(emulator)).toEqual([]);
    expect(await stack.links()).toHaveLength(2);

    await stack.succeed('destroy', '--yes', '--skip-preview', '--run-program');
    expect(mutatingCalls(emulator).sort()).toEqual(REMOVED);
    expectNone(stack.printed, first, second);
  },
);
