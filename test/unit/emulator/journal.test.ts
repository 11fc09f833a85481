import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, KEY, LINK, PAIR, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

describe('the journal', () => {
  it('has one entry a request, with the link the provider uses', async () => {
    withDataset(b.emulator);
    await b.imm.ok('CreateBinding', PAIR);
    await b.imm.ok('ListBindings', { ProjectName: 'p', DatasetName: 'd' });
    await b.imm.ok('GetProject', { ProjectName: 'p' });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out', RegionId: 'cn-beijing' });
    expect(b.emulator.journal().map((entry) => [entry.sequence, entry.action, entry.link])).toEqual([
      [1, 'CreateBinding', LINK],
      [2, 'ListBindings', 'cn-shanghai/p/d'],
      [3, 'GetProject', 'cn-shanghai/p'],
      [4, 'BindOutputBucket', 'cn-beijing/out'],
    ]);
    expect(b.emulator.journal()[0]).toMatchObject({
      time: b.clock.now(),
      service: 'imm',
      version: '2020-09-30',
      account: KEY.account,
      region: 'cn-shanghai',
      params: PAIR,
      status: 200,
      code: '',
      method: 'POST',
      fault: '',
    });
  });

  it('has refused requests with their code and RequestId', async () => {
    const failure = await b.imm.fails('GetBinding', PAIR);
    expect(b.emulator.journal()).toMatchObject([
      { status: 400, code: 'ResourceNotFound', requestId: failure.body.RequestId },
    ]);
  });

  it('never has a credential', async () => {
    await b.imm.fails('GetBinding', { ...PAIR, SecurityToken: 'token-1', Surprise: 'secret-2' });
    await b.sts.fails('AssumeRoleWithOIDC', { OIDCToken: 'token-3', OIDCProviderArn: 'x' });
    const text = JSON.stringify(b.emulator.journal());
    for (const secret of [KEY.accessKeyId, KEY.accessKeySecret, 'token-1', 'secret-2', 'token-3']) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells connections apart', async () => {
    await b.mts.ok('ListAllMediaBucket');
    await b.mts.ok('ListAllMediaBucket');
    await b.imm.fails('GetBinding', PAIR);
    expect(b.emulator.journal().map((entry) => entry.connection)).toEqual([1, 1, 2]);
  });

  it('does not have direct changes, and can be cleared', async () => {
    b.emulator.bindOutputBucket('out');
    expect(b.emulator.journal()).toEqual([]);
    await b.mts.ok('ListAllMediaBucket');
    b.emulator.clearJournal();
    expect(b.emulator.journal()).toEqual([]);
  });

  it('repeats its request ids for the same seed', async () => {
    await b.mts.ok('ListAllMediaBucket');
    const again = await bench();
    await again.mts.ok('ListAllMediaBucket');
    expect(again.emulator.journal()[0]?.requestId).toBe(b.emulator.journal()[0]?.requestId);
    await again.emulator.close();
  });

  it('takes the region from the host when the request names none', async () => {
    const { request } = await import('node:http');
    await new Promise<void>((resolve, reject) => {
      const headers = { host: 'imm.ap-southeast-1.aliyuncs.com' };
      const call = request(
        `${b.emulator.url}/?Action=GetProject&Version=2020-09-30`,
        { headers },
        (reply) => {
          reply.resume().once('end', resolve);
        },
      );
      call.once('error', reject).end();
    });
    expect(b.emulator.journal()).toMatchObject([{ region: 'ap-southeast-1' }]);
  });
});
