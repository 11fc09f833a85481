import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { thinned } from '../support/extent.js';
import { LifecycleWorld, type Setting } from '../support/lifecycle/lifecycle-world.js';
import { BUCKET } from '../support/links/links.js';
import { Rpc } from '../unit/emulator/rpc.js';
import { addForeignLinks, linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';
import { COUNTED, deleteAll, manyLinks, PARALLEL } from './many-links.js';

const MANY = 400;
const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`;
const ASSUME_ROLE: Setting = { config: { 'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE }) } };

let world: LifecycleWorld;
let directory: string;

beforeAll(async () => {
  world = await LifecycleWorld.start();
  directory = mkdtempSync(join(tmpdir(), 'expired-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await world.close();
});
beforeEach(() => {
  world.begin();
  addForeignLinks(world);
});

interface Keys {
  readonly AccessKeyId: string;
  readonly AccessKeySecret: string;
  readonly SecurityToken: string;
}

async function temporaryKeys(): Promise<Keys> {
  const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
  const rpc = new Rpc(world.emulator.url, '2015-04-01', key);
  const { Credentials } = await rpc.ok('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'test' });
  return Credentials as Keys;
}

const asConfig = (keys: Keys): Setting => ({
  config: {
    'alicloud:accessKey': keys.AccessKeyId,
    'alicloud:secretKey': keys.AccessKeySecret,
    'alicloud:securityToken': keys.SecurityToken,
  },
});

const sent = (action: string) => world.emulator.journal().filter((entry) => entry.action === action);
const warnings = () => world.said.filter((line) => line.startsWith('warning: '));
const leaks = (errors: readonly { error: Error }[] = []) =>
  leaksIn({
    said: world.said,
    errors: errors.map(({ error }) => [error.message, error.stack]),
    journal: world.emulator.journal(),
    contents: world.emulator.contents(),
  });

describe.each(thinned(COUNTED))(`$title: the token expires after 200 of ${MANY} deletes`, (link) => {
  it('keys that cannot be renewed: the first such answer stops those to come, one warning says so, the next run goes on', async () => {
    const links = manyLinks(world, link, MANY);
    world.restartProvider(asConfig(await temporaryKeys()));
    world.emulator.clearJournal();
    world.emulator.addFault({ kind: 'expired', action: link.removes, skip: 200 });

    const failed = await deleteAll(world, link, links);
    // Those under way may have sent theirs before the first such answer came; nobody sends one after it.
    const expired = world.emulator.journal().filter(({ code }) => code === 'InvalidSecurityToken.Expired');
    expect(expired.length).toBeGreaterThan(0);
    expect(expired.length).toBeLessThanOrEqual(PARALLEL);
    const first = world.emulator.journal().indexOf(expired[0] as (typeof expired)[number]);
    expect(world.emulator.journal().length - first).toBeLessThanOrEqual(PARALLEL);
    // Of a delete that was done, the look that proves it may have been refused; nothing else is missing.
    const left = linksBesideForeign(world);
    expect(left).toHaveLength(MANY - 200);
    expect(failed.map(({ id }) => id)).toEqual(expect.arrayContaining(left));
    expect(failed.length).toBeLessThan(MANY - 200 + PARALLEL);
    for (const { error, id } of failed) {
      expect(error.message).toMatch(
        /InvalidSecurityToken\.Expired: .* \(RequestId [^)]+\)\. Renew the credentials/,
      );
      expect(error.message).toContain(`cannot delete ${link.title} ${id}: `);
    }
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain(`${PARALLEL - 1} other operations`);
    expect(warnings()[0]).toContain('These credentials came from config alicloud:accessKey');
    expect(leaks(failed)).toEqual([]);

    world.restartProvider(asConfig(await temporaryKeys()));
    expect(await deleteAll(world, link, failed)).toEqual([]);
    expect(linksBesideForeign(world)).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it('a role: it is assumed once more for all who were refused, each tries once more, and all succeed in one run', async () => {
    const links = manyLinks(world, link, MANY);
    world.restartProvider(ASSUME_ROLE);
    // As many as run at once wait at the door when the token expires, so all of them are refused.
    const arrived: (() => void)[] = [];
    let deletes = 0;
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'arrived' || action !== link.removes) return undefined;
      deletes++;
      if (deletes <= 200 || deletes > 200 + PARALLEL) return undefined;
      return new Promise<void>((goOn) => {
        arrived.push(goOn);
        if (arrived.length < PARALLEL) return;
        world.emulator.expireTokens();
        for (const resume of arrived) resume();
      });
    });
    expect(await deleteAll(world, link, links)).toEqual([]);
    end();
    expect(arrived).toHaveLength(PARALLEL);
    expect(linksBesideForeign(world)).toEqual([]);
    const codes = sent(link.removes).map(({ code }) => code);
    expect(codes.filter((code) => code === '')).toHaveLength(MANY);
    expect(codes.filter((code) => code === 'InvalidSecurityToken.Expired')).toHaveLength(PARALLEL);
    // Once at the beginning, once for all sixteen.
    expect(sent('AssumeRole')).toHaveLength(2);
    expect(warnings()).toEqual([]);
    expect(leaks()).toEqual([]);
  });
});

describe('a source that can be asked again', () => {
  it('a request that is refused again after the renewal is not sent a third time', async () => {
    const [one] = manyLinks(world, BUCKET, 1);
    world.restartProvider(ASSUME_ROLE);
    world.emulator.addFault({ kind: 'expired', action: 'UnbindOutputBucket', times: 'always' });
    const failed = await deleteAll(world, BUCKET, one ? [one] : []);
    expect(failed[0]?.error.message).toContain('Renew the credentials');
    expect(sent('UnbindOutputBucket')).toHaveLength(2);
    expect(sent('AssumeRole')).toHaveLength(2);
    world.emulator.clearFaults();
    world.restartProvider(ASSUME_ROLE);
    expect(await deleteAll(world, BUCKET, failed)).toEqual([]);
  });

  it('a profile whose file got new keys: all succeed in one run', async () => {
    const file = join(directory, 'renewed.json');
    writeFileSync(file, profile(await temporaryKeys()));
    const fresh = profile(await temporaryKeys());
    const links = manyLinks(world, BUCKET, MANY);
    world.restartProvider(profileIn(file));
    let deletes = 0;
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'arrived' || action !== 'UnbindOutputBucket') return;
      deletes++;
      if (deletes === 200) writeFileSync(file, fresh);
    });
    world.emulator.addFault({ kind: 'expired', action: 'UnbindOutputBucket', skip: 200 });
    expect(await deleteAll(world, BUCKET, links)).toEqual([]);
    end();
    expect(linksBesideForeign(world)).toEqual([]);
    expect(leaks()).toEqual([]);
  });

  it('a profile whose file still holds the expired keys cannot renew: the first such answer stops those to come', async () => {
    const file = join(directory, 'old.json');
    writeFileSync(file, profile(await temporaryKeys()));
    const links = manyLinks(world, BUCKET, MANY);
    world.restartProvider(profileIn(file));
    world.emulator.addFault({ kind: 'expired', action: 'UnbindOutputBucket', skip: 200 });
    const failed = await deleteAll(world, BUCKET, links);
    expect(failed).toHaveLength(MANY - 200);
    expect(sent('UnbindOutputBucket').length).toBeLessThanOrEqual(200 + 2 * PARALLEL);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain(`profile 'media' in ${file}`);
    expect(leaks(failed)).toEqual([]);
    writeFileSync(file, profile(await temporaryKeys()));
    world.restartProvider(profileIn(file));
    expect(await deleteAll(world, BUCKET, failed)).toEqual([]);
  });

  it('the file of an OIDC token is read again for each new session', async () => {
    const file = join(directory, 'oidc-token');
    const oidc = {
      oidcProviderArn: `acs:ram::${TEST_ACCOUNT_ID}:oidc-provider/ci`,
      oidcTokenFile: file,
      roleArn: ROLE,
    };
    const [first, second, third] = manyLinks(world, BUCKET, 3);
    if (!first || !second || !third) throw new Error('three links are needed');
    writeFileSync(file, 'a-token-of-the-build');
    world.restartProvider({
      config: { 'alicloud:assumeRoleWithOidc': JSON.stringify(oidc), ...NO_KEYS },
    });
    expect(await deleteAll(world, BUCKET, [first])).toEqual([]);
    // The emulator takes this word for a token that is not in force.
    writeFileSync(file, 'invalid');
    world.emulator.expireTokens();
    const [refused] = await deleteAll(world, BUCKET, [second]);
    expect(refused?.error.message).toContain('AuthenticationFail.OIDCToken.Invalid');
    writeFileSync(file, 'the-next-token-of-the-build');
    expect(await deleteAll(world, BUCKET, [second, third])).toEqual([]);
    expect(linksBesideForeign(world)).toEqual([]);
    expect(leaksIn({ said: world.said, error: refused?.error.message })).toEqual([]);
    expect(JSON.stringify(world.said)).not.toContain('token-of-the-build');
  });
});

/** Takes back the keys that a world has by itself. */
const NO_KEYS = { 'alicloud:accessKey': undefined, 'alicloud:secretKey': undefined };

function profileIn(file: string): Setting {
  return { config: { 'alicloud:profile': 'media', 'alicloud:sharedCredentialsFile': file, ...NO_KEYS } };
}

function profile({ AccessKeyId, AccessKeySecret, SecurityToken }: Keys): string {
  const keys = { access_key_id: AccessKeyId, access_key_secret: AccessKeySecret, sts_token: SecurityToken };
  return JSON.stringify({ current: 'media', profiles: [{ name: 'media', mode: 'StsToken', ...keys }] });
}
