import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench({ limits: { mtsListingPerSecond: false } });
});

afterEach(() => b.emulator.close());

interface Listing {
  readonly buckets: Record<string, string>[];
  readonly token: string | undefined;
}

async function list(params: Record<string, string | number> = {}): Promise<Listing> {
  const reply = (await b.mts.ok('ListAllMediaBucket', params)) as {
    MediaBucketList: { MediaBucket: Record<string, string>[] };
    NextPageToken?: string;
  };
  return { buckets: reply.MediaBucketList.MediaBucket, token: reply.NextPageToken };
}

function bind(count: number): void {
  for (let i = 0; i < count; i += 1) b.emulator.bindOutputBucket(`bucket-${i}`);
}

describe('the media buckets', () => {
  it('are bound, listed and unbound', async () => {
    expect(Object.keys(await b.mts.ok('BindOutputBucket', { Bucket: 'out' }))).toEqual(['RequestId']);
    await b.mts.ok('BindInputBucket', { Bucket: 'in', Referer: 'https://example.com' });
    expect((await list()).buckets).toEqual([
      { Bucket: 'out', Type: 'Output' },
      { Bucket: 'in', Type: 'Input', Referer: 'https://example.com' },
    ]);
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'out' });
    await b.mts.ok('UnbindInputBucket', { Bucket: 'in' });
    expect((await list()).buckets).toEqual([]);
    expect(b.emulator.isEmpty()).toBe(true);
  });

  it('are two rows when one bucket is bound both ways, and unbind one way only', async () => {
    await b.mts.ok('BindOutputBucket', { Bucket: 'both' });
    await b.mts.ok('BindInputBucket', { Bucket: 'both' });
    expect((await list()).buckets).toHaveLength(2);
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'both' });
    expect((await list()).buckets).toEqual([{ Bucket: 'both', Type: 'Input' }]);
  });

  it.each(['-x', 'a_b', 'x'.repeat(65)])('refuse the name %s', async (Bucket) => {
    expect(await b.mts.fails('BindOutputBucket', { Bucket })).toMatchObject({
      code: 'InvalidParameter.BucketNameInvalid',
    });
  });

  it('allow capitals for an output bucket only', async () => {
    await b.mts.ok('BindOutputBucket', { Bucket: 'Upper' });
    expect(await b.mts.fails('BindInputBucket', { Bucket: 'Upper' })).toMatchObject({
      code: 'InvalidParameter.BucketNameInvalid',
    });
  });

  it('answer errors in the shape of MTS', async () => {
    const failure = await b.mts.fails('BindOutputBucket');
    expect(failure.code).toBe('InvalidParameter.NullValue');
    expect(Object.keys(failure.body)).toEqual(['RequestId', 'Code', 'Message']);
  });

  it('have no listing of outputs alone', async () => {
    expect(await b.mts.fails('ListOutputBucket')).toMatchObject({ code: 'InvalidApi.NotFound', status: 404 });
  });
});

describe('paging of ListAllMediaBucket', () => {
  it('gives 50 rows when no size is asked for', async () => {
    bind(51);
    const first = await list();
    expect(first.buckets).toHaveLength(50);
    const second = await list({ NextPageToken: String(first.token) });
    expect(second).toMatchObject({ buckets: [{ Bucket: 'bucket-50' }], token: undefined });
  });

  it.each([0, 101, -1])('refuses the size %s', async (MaximumPageSize) => {
    expect(await b.mts.fails('ListAllMediaBucket', { MaximumPageSize })).toMatchObject({
      code: 'InvalidParameter.OutOfRange',
    });
  });

  it('refuses a token it did not give', async () => {
    expect(await b.mts.fails('ListAllMediaBucket', { NextPageToken: 'x' })).toMatchObject({
      code: 'InvalidParameter.Format',
    });
  });

  it('listingEndsAt100=true: row 101 cannot be seen (the default)', async () => {
    b.emulator.set({ tokenOnFullLastPage: false });
    bind(101);
    const reply = await list({ MaximumPageSize: 100 });
    expect(reply.buckets).toHaveLength(100);
    expect(reply.token).toBeUndefined();
  });

  it('listingEndsAt100=false: the walk reaches every row', async () => {
    b.emulator.set({ listingEndsAt100: false });
    bind(101);
    const first = await list({ MaximumPageSize: 100 });
    const second = await list({ MaximumPageSize: 100, NextPageToken: String(first.token) });
    expect(second.buckets).toEqual([{ Bucket: 'bucket-100', Type: 'Output' }]);
  });

  it.each([
    ['offset', ['bucket-3']],
    ['key', ['bucket-2', 'bucket-3']],
  ] as const)('pageToken=%s: after a row vanished the next page has %j', async (pageToken, expected) => {
    b.emulator.set({ pageToken });
    bind(4);
    const first = await list({ MaximumPageSize: 2 });
    b.emulator.unbindOutputBucket('bucket-0');
    const second = await list({ MaximumPageSize: 2, NextPageToken: String(first.token) });
    expect(second.buckets.map((row) => row.Bucket)).toEqual(expected);
  });

  it.each([true, false])('tokenOnFullLastPage=%s', async (tokenOnFullLastPage) => {
    b.emulator.set({ tokenOnFullLastPage });
    bind(2);
    const page = await list({ MaximumPageSize: 2 });
    expect(page.token !== undefined).toBe(tokenOnFullLastPage);
    if (page.token === undefined) return;
    expect(await list({ MaximumPageSize: 2, NextPageToken: page.token })).toEqual({
      buckets: [],
      token: undefined,
    });
  });
});

describe('the switches of MTS', () => {
  it.each([500, 400, 403, 409] as const)(
    'bindBoundBucket: Bucket.AlreadyBind with HTTP %s',
    async (status) => {
      b.emulator.set({ bindBoundBucket: `AlreadyBind-${status}` });
      await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
      const failure = await b.mts.fails('BindOutputBucket', { Bucket: 'out' });
      expect(failure).toMatchObject({ code: 'Bucket.AlreadyBind', status });
      expect(failure.message).toBe('Bucket "out" already binded to media store,can not bind twice');
    },
  );

  it('bindBoundBucket=success: one row', async () => {
    b.emulator.set({ bindBoundBucket: 'success' });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    expect((await list()).buckets).toHaveLength(1);
  });

  it.each(['Bucket.NotBind', 'InvalidParameter.ResourceNotFound'] as const)(
    'unbindUnboundBucket=%s',
    async (code) => {
      b.emulator.set({ unbindUnboundBucket: code });
      expect(await b.mts.fails('UnbindOutputBucket', { Bucket: 'out' })).toMatchObject({ code, status: 400 });
    },
  );

  it('unbindUnboundBucket=success', async () => {
    b.emulator.set({ unbindUnboundBucket: 'success' });
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'out' });
  });

  it.each(['InvalidParameter.ResourceNotFound', 'Bucket.NotExist'] as const)(
    'bindMissingBucket=%s',
    async (code) => {
      b.emulator.set({ bindMissingBucket: code });
      b.emulator.setMissingBuckets(['out']);
      expect(await b.mts.fails('BindOutputBucket', { Bucket: 'out' })).toMatchObject({ code, status: 400 });
    },
  );

  it('bindMissingBucket=accepted (the default)', async () => {
    b.emulator.setMissingBuckets(['out']);
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    expect(b.emulator.mediaBuckets()).toMatchObject([{ link: 'cn-shanghai/out', type: 'Output' }]);
  });

  it('mediaBucketVisibleAfterMs: the listing lags behind', async () => {
    b.emulator.set({ mediaBucketVisibleAfterMs: 300 });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    b.clock.advance(299);
    expect((await list()).buckets).toEqual([]);
    b.clock.advance(1);
    expect((await list()).buckets).toHaveLength(1);
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'out' });
    b.clock.advance(299);
    expect((await list()).buckets).toHaveLength(1);
    b.clock.advance(1);
    expect((await list()).buckets).toEqual([]);
  });
});
