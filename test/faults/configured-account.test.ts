import { describe, expect, it } from 'vitest';
import { TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { LINKS } from '../support/links/links.js';
import { Engine } from './engine.js';
import { linksBesideForeign } from './foreign.js';
import { SharedCloud } from './shared-cloud.js';

const OTHER = '2000000000000002';
/** STS is not asked, and the configuration says which account it is. */
const configured = (accountId: string) => ({
  config: { 'alicloud-media:skipRequestingAccountId': 'true', 'alicloud:accountId': accountId },
});
const cloud = SharedCloud.make();

describe.each(SERVERS.flatMap((server) => LINKS.map((link) => [link.title, server, link] as const)))(
  'under skipRequestingAccountId the configured accountId of %s, served by the %s,',
  (_, server, link) => {
    cloud.servedBy(server);

    it('is stored, and one that differs from the stored one is refused by every step before any request', async () => {
      const world = cloud.begin();
      const engine = new Engine(world, link);
      expect(await engine.up(configured(TEST_ACCOUNT_ID))).toBeUndefined();
      expect(engine.state).toMatchObject({ accountId: TEST_ACCOUNT_ID });
      expect(world.emulator.journal().map(({ service }) => service)).not.toContain('sts');

      const { state } = engine;
      world.emulator.clearJournal();
      for (const step of ['refresh', 'destroy', 'up'] as const) {
        // Something for an update to do.
        engine.isHalfMade = step === 'up';
        const error = await engine[step](configured(OTHER));
        expect(error?.message).toContain(
          `it belongs to account ${TEST_ACCOUNT_ID}, and the credentials in force are those of account ${OTHER} ` +
            '(by the configured accountId; STS was not asked). No request about it was sent.',
        );
        expect(engine.state).toEqual(state);
      }
      expect(world.emulator.journal()).toEqual([]);
      engine.isHalfMade = false;
      expect(await engine.destroy(configured(TEST_ACCOUNT_ID))).toBeUndefined();
      expect(linksBesideForeign(world)).toEqual([]);
    });

    it('is compared with an account that STS had said', async () => {
      const world = cloud.begin();
      const engine = new Engine(world, link);
      expect(await engine.up()).toBeUndefined();
      const error = await engine.destroy(configured(OTHER));
      expect(error?.message).toContain(`it belongs to account ${TEST_ACCOUNT_ID}`);
      expect(linksBesideForeign(world)).toEqual([link.id]);
    });
  },
);
