import { describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import type { Setting } from '../support/lifecycle/lifecycle-world.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { BINDING, LINKS } from '../support/links/links.js';
import { Engine } from './engine.js';
import { SharedCloud } from './shared-cloud.js';

const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`;
const NO_STS = { 'alicloud-media:skipRequestingAccountId': 'true' };
const cloud = SharedCloud.make();

/** Keys that the services refuse, and how. */
const WRONG: readonly (readonly [string, Record<string, string>])[] = [
  ['InvalidAccessKeyId.NotFound', { id: 'emulator-stranger-key-id', secret: TEST_ACCESS_KEY_SECRET }],
  ['SignatureDoesNotMatch', { id: TEST_ACCESS_KEY_ID, secret: 'emulator-wrong-key-secret' }],
];

const asVariables = ({ id, secret }: Record<string, string>, more: Setting['config'] = {}): Setting => ({
  environment: { ALICLOUD_ACCESS_KEY: id, ALICLOUD_SECRET_KEY: secret },
  config: { 'alicloud:accessKey': undefined, 'alicloud:secretKey': undefined, ...more },
});

describe.each(SERVERS)('an error about keys names their source, served by the %s', (server) => {
  cloud.servedBy(server);

  it.each(WRONG)('%s, of each service, for each step', async (code, keys) => {
    for (const link of LINKS) {
      const world = cloud.begin();
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeUndefined();
      for (const [setting, action] of [
        [asVariables(keys), 'STS GetCallerIdentity'],
        [asVariables(keys, NO_STS), link.description.module === 'mps' ? 'MPS [A-Za-z]+' : 'IMM [A-Za-z]+'],
      ] as const) {
        for (const step of ['refresh', 'destroy'] as const) {
          const error = await engine[step](setting);
          expect(error?.message).toMatch(new RegExp(`: ${action}: ${code.replace('.', '\\.')}: `));
          expect(error?.message).toContain('These credentials came from environment ALICLOUD_ACCESS_KEY');
        }
      }
      const fresh = new Engine(cloud.begin(), link);
      const error = await fresh.up(asVariables(keys, NO_STS));
      expect(error?.message).toContain('These credentials came from environment ALICLOUD_ACCESS_KEY');
    }
  });

  it.each(WRONG)('%s, where a role was to be assumed with them', async (code, keys) => {
    const engine = new Engine(cloud.begin(), BINDING);
    const role = { 'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE }) };
    const error = await engine.up(asVariables(keys, role));
    expect(error?.message).toContain(`The role ${ROLE} cannot be assumed: STS AssumeRole: ${code}: `);
    expect(error?.message).toContain('These credentials came from environment ALICLOUD_ACCESS_KEY');
    // The keys are wrong, not what they may do.
    expect(error?.message).not.toContain('sts:AssumeRole');
  });
});
