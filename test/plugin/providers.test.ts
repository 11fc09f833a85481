import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, type KeyPair, startEmulator } from '../../emulator/index.js';
import { IS_WIDE } from '../support/extent.js';
import { isMutating } from '../support/links/links.js';
import { keyPair } from '../support/servers/key-pair.js';
import { binding, outputBucket, YamlStack } from './yaml-stack.js';

const FIRST = keyPair('first', '1000000000000001');
const SECOND = keyPair('second', '2000000000000002');

let emulator: Emulator;
let yaml: YamlStack;
beforeAll(async () => {
  emulator = await startEmulator({ keys: [FIRST, SECOND], runningAfter: 1 });
  for (const { account } of emulator.keys)
    for (const region of ['cn-shanghai', 'cn-beijing']) {
      emulator.createProject('media', { account, region });
      emulator.createDataset('media', 'videos', { account, region });
    }
  yaml = await YamlStack.make({
    emulator,
    environment: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: FIRST.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: FIRST.accessKeySecret,
    },
    passphrase: true,
    secretConfig: { secondSecret: SECOND.accessKeySecret },
  });
});
afterAll(async () => {
  yaml?.stack.remove();
  await emulator.close();
});

function calls({ account }: Pick<KeyPair, 'account'>): string[] {
  return emulator
    .journal()
    .filter((entry) => entry.account === account && isMutating(entry.action))
    .map(({ action, link, code }) => [action, link, code].filter(Boolean).join(' '))
    .sort();
}

const program = (key = SECOND.accessKeyId) => `
configuration: { secondSecret: { type: string, secret: true } }
resources:
  second:
    type: pulumi:providers:alicloud-media
    properties:
      accessKey: { 'fn::secret': ${key} }
      secretKey: \${secondSecret}
      region: cn-beijing
      consistencyWindow: '0'
      # Numbers, as most people write them.
      accountId: ${SECOND.account}
      allowedAccountIds: [${SECOND.account}]
  mine:
    type: alicloud-media:imm:DatasetBinding
    properties: { projectName: media, datasetName: videos, uri: oss://originals }
  theirs:
    type: alicloud-media:imm:DatasetBinding
    properties: { projectName: media, datasetName: videos, uri: oss://originals }
    options: { provider: '\${second}' }
  theirs-out:
    type: alicloud-media:mps:OutputBucket
    properties: { bucket: renditions }
    options: { provider: '\${second}' }
outputs:
  phase:
    fn::invoke:
      function: alicloud-media:imm:getDatasetBinding
      arguments: { projectName: '\${theirs.projectName}', datasetName: videos, uri: '\${theirs.uri}' }
      options: { provider: '\${second}' }
      return: state
`;

it.runIf(IS_WIDE)(
  'makes each link in the account and the region of its provider, asks there, keeps the keys encrypted, and removes all',
  async () => {
    yaml.write(program());
    await yaml.stack.up();
    const ofSecond = ['cn-beijing/media/videos/oss://originals', 'cn-beijing/renditions'];
    expect(calls(FIRST)).toEqual(['CreateBinding cn-shanghai/media/videos/oss://originals']);
    expect(calls(SECOND)).toEqual([`BindOutputBucket ${ofSecond[1]}`, `CreateBinding ${ofSecond[0]}`]);
    expect(await yaml.stack.outputs()).toEqual({ phase: expect.stringMatching(/^(Ready|Running)$/) });
    await yaml.stack.settled();

    const state = await yaml.stack.exported();
    for (const { accessKeyId, accessKeySecret } of [FIRST, SECOND])
      for (const key of [accessKeyId, accessKeySecret]) {
        expect(state).not.toContain(key);
        expect(yaml.stack.printed).not.toContain(key);
      }

    emulator.clearJournal();
    await yaml.stack.destroy();
    expect(calls(FIRST)).toEqual(['DeleteBinding cn-shanghai/media/videos/oss://originals']);
    expect(calls(SECOND)).toEqual([`DeleteBinding ${ofSecond[0]}`, `UnbindOutputBucket ${ofSecond[1]}`]);
    expect(emulator.isEmpty()).toBe(true);
  },
);

it("names each wrong key of a provider in the preview, asks for a missing one in Pulumi's words, and sends nothing", async () => {
  emulator.clearJournal();
  yaml.write(program().replace('region: cn-beijing', 'region: Beijing\n      network: intranet'));
  const wrong = await yaml.stack.fail(['preview']);
  expect(wrong).toMatch(/alicloud-media:region is "Beijing"/);
  expect(wrong).toMatch(/alicloud-media:network is "intranet"; it must be public or vpc/);
  yaml.write(program().replace(/ +secretKey: .*\n/, ''));
  const missing = await yaml.stack.fail(['preview']);
  expect(missing).toContain('missing required configuration key "alicloud-media:secretKey"');
  expect(missing).not.toContain(SECOND.accessKeyId);
  expect(emulator.journal()).toEqual([]);
});

it('a provider of another account is refused in the preview; another name beside it makes the links there, and removes them here', async () => {
  const provider = ({ accessKeyId, accessKeySecret }: KeyPair) => ({
    type: 'pulumi:providers:alicloud-media',
    properties: {
      accessKey: { 'fn::secret': accessKeyId },
      secretKey: { 'fn::secret': accessKeySecret },
      consistencyWindow: '0',
    },
  });
  const declare = (keysOfA: KeyPair, of: 'a' | 'b', name: string) =>
    yaml.declare({
      a: provider(keysOfA),
      b: provider(SECOND),
      [name]: binding('originals', { provider: `\${${of}}` }),
      [`${name}-out`]: outputBucket('renditions', { provider: `\${${of}}` }),
    });
  const links = ['cn-shanghai/media/videos/oss://originals', 'cn-shanghai/renditions'];
  const made = [`BindOutputBucket ${links[1]}`, `CreateBinding ${links[0]}`];
  const removed = [`DeleteBinding ${links[0]}`, `UnbindOutputBucket ${links[1]}`];
  emulator.clearJournal();
  declare(FIRST, 'a', 'old');
  await yaml.stack.up();
  expect(calls(FIRST)).toEqual(made);
  emulator.clearJournal();

  for (const [keysOfA, of] of [[FIRST, 'b'] as const, [SECOND, 'a'] as const]) {
    declare(keysOfA, of, 'old');
    const text = await yaml.stack.fail(['preview']);
    expect(text).toContain(
      `it belongs to account ${FIRST.account}, and the credentials in force are those of account ${SECOND.account}`,
    );
    expect(text).toContain('give the resource another name beside its new provider');
    expect(emulator.journal().filter(({ service }) => service !== 'sts')).toEqual([]);
  }

  declare(FIRST, 'b', 'new');
  await yaml.stack.up();
  expect(calls(SECOND)).toEqual(made);
  expect(calls(FIRST)).toEqual(removed);
  emulator.clearJournal();
  await yaml.stack.destroy();
  expect(calls(SECOND)).toEqual(removed);
  expect(emulator.isEmpty()).toBe(true);
});
