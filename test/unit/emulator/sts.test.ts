import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, KEY, Rpc } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

const ROLE = { RoleArn: 'acs:ram::1000000000000009:role/deployer', RoleSessionName: 'ci' };

interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

function session(reply: Record<string, unknown>): Session {
  const given = reply.Credentials as Record<string, string>;
  return {
    accessKeyId: String(given.AccessKeyId),
    accessKeySecret: String(given.AccessKeySecret),
    securityToken: String(given.SecurityToken),
  };
}

const mts = (key: Session) => new Rpc(b.emulator.url, '2014-06-18', key);

describe('STS', () => {
  it('tells who a key belongs to', async () => {
    expect(await b.sts.ok('GetCallerIdentity')).toMatchObject({
      AccountId: KEY.account,
      Arn: `acs:ram::${KEY.account}:root`,
      IdentityType: 'Account',
      UserId: KEY.account,
    });
  });

  it('gives temporary credentials that act in the account of the role', async () => {
    const reply = await b.sts.ok('AssumeRole', ROLE);
    const key = session(reply);
    expect(key.accessKeyId).toMatch(/^TESTSTS\./);
    const { Expiration } = reply.Credentials as Record<string, string>;
    expect(Date.parse(String(Expiration))).toBe(b.clock.now() + 3600_000);
    await mts(key).ok('BindOutputBucket', { Bucket: 'out' });
    expect(b.emulator.mediaBuckets('1000000000000009')).toHaveLength(1);
    const identity = await new Rpc(b.emulator.url, '2015-04-01', key).ok('GetCallerIdentity');
    expect(identity).toMatchObject({ AccountId: '1000000000000009', IdentityType: 'AssumedRoleUser' });
    expect(identity.Arn).toBe('acs:ram::1000000000000009:assumed-role/deployer/ci');
  });

  it('gives them for an OIDC token without a signature', async () => {
    const body = new URLSearchParams({
      Action: 'AssumeRoleWithOIDC',
      Version: '2015-04-01',
      OIDCProviderArn: 'acs:ram::1000000000000009:oidc-provider/ci',
      OIDCToken: 'a.b.c\n',
      ...ROLE,
    });
    const reply = await fetch(b.emulator.url, { method: 'POST', body });
    expect(reply.status).toBe(200);
    await mts(session((await reply.json()) as Record<string, unknown>)).ok('ListAllMediaBucket');
    body.set('OIDCToken', 'invalid');
    const refused = await fetch(b.emulator.url, { method: 'POST', body });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { Code: 'AuthenticationFail.OIDCToken.Invalid' },
    ]);
  });

  it('refuses a token that is wrong, missing or expired', async () => {
    const key = session(await b.sts.ok('AssumeRole', { ...ROLE, DurationSeconds: 900 }));
    const malformed = { status: 400, code: 'InvalidSecurityToken.Malformed' };
    expect(await mts({ ...key, securityToken: 'x' }).fails('ListAllMediaBucket')).toMatchObject(malformed);
    expect(await mts({ ...key, securityToken: '' }).fails('ListAllMediaBucket')).toMatchObject(malformed);
    b.clock.advance(899_000);
    await mts(key).ok('ListAllMediaBucket');
    b.emulator.expireTokens();
    expect(await mts(key).fails('ListAllMediaBucket')).toMatchObject({
      status: 400,
      code: 'InvalidSecurityToken.Expired',
    });
  });

  it('keeps to the lifetime it was set to', async () => {
    b.emulator.setTokenLifetime(1000);
    const key = session(await b.sts.ok('AssumeRole', ROLE));
    b.clock.advance(999);
    await mts(key).ok('ListAllMediaBucket');
    b.clock.advance(1);
    expect(await mts(key).fails('ListAllMediaBucket')).toMatchObject({
      code: 'InvalidSecurityToken.Expired',
    });
  });

  it('refuses a role it cannot read and a duration out of range', async () => {
    expect(await b.sts.fails('AssumeRole', { ...ROLE, RoleArn: 'role' })).toMatchObject({
      code: 'InvalidParameter.RoleArn',
    });
    expect(await b.sts.fails('AssumeRole', { ...ROLE, DurationSeconds: 1 })).toMatchObject({
      code: 'InvalidParameter.DurationSeconds',
    });
  });

  it('has ExternalId and Policy in the journal by name only', async () => {
    await b.sts.ok('AssumeRole', { ...ROLE, ExternalId: 'private-1', Policy: '{"private":2}' });
    const [entry] = b.emulator.journal();
    expect(entry?.params).toEqual({ ...ROLE, ExternalId: '[given]', Policy: '[given]' });
  });
});
