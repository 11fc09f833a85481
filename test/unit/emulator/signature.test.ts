import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, KEY, Rpc } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const seconds = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** An RPC v1 request made by hand, so that each part of it can be wrong. */
async function rpc(changes: Record<string, string | undefined> = {}, secret = KEY.accessKeySecret) {
  const params: Record<string, string | undefined> = {
    Action: 'ListAllMediaBucket',
    Version: '2014-06-18',
    Format: 'JSON',
    AccessKeyId: KEY.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: seconds(b.clock.now()),
    ...changes,
  };
  const pairs = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const text = pairs
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`GET&%2F&${encode(text)}`)
    .digest('base64');
  return send(`/?${text}&Signature=${encode(signature)}`, {});
}

/** An ACS3 request made by hand. */
async function acs3(changes: Record<string, string> = {}, options: { secret?: string; body?: string } = {}) {
  const hash = (data: string) => createHash('sha256').update(data).digest('hex');
  const headers: Record<string, string> = {
    host: new URL(b.emulator.url).host,
    'x-acs-action': 'BindOutputBucket',
    'x-acs-version': '2014-06-18',
    'x-acs-date': seconds(b.clock.now()),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': hash(''),
    ...changes,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const query = 'Bucket=out';
  const canonical = `POST\n/\n${query}\n${lines}\n${names.join(';')}\n${headers['x-acs-content-sha256']}`;
  const signature = createHmac('sha256', options.secret ?? KEY.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${hash(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${KEY.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return send(`/?${query}`, { ...headers, authorization }, 'POST', options.body);
}

async function send(path: string, headers: Record<string, string>, method = 'GET', body?: string) {
  const { host: _host, ...others } = headers;
  const init = { method, headers: others, ...(body === undefined ? {} : { body }) };
  const response = await fetch(b.emulator.url + path, init);
  const json = (await response.json()) as Record<string, string>;
  return { status: response.status, code: json.Code ?? '', message: json.Message ?? '', response, json };
}

describe('the RPC v1 signature', () => {
  it('is accepted when it is right, and the reply names its request in a header', async () => {
    const { status, response, json } = await rpc();
    expect(status).toBe(200);
    expect(response.headers.get('x-acs-request-id')).toBe(json.RequestId);
  });

  it('covers characters that encodeURIComponent leaves alone', async () => {
    expect(await rpc({ NextPageToken: "a!'()*~ +é&=" })).toMatchObject({ code: 'InvalidParameter.Format' });
  });

  it('is refused with another secret; the message repeats what was to be signed', async () => {
    const reply = await rpc({}, 'another-secret');
    expect(reply).toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' });
    expect(reply.message).toContain('server string to sign is:GET&%2F&');
    expect(reply.message).toContain(KEY.accessKeyId);
  });

  it.each([
    ['AccessKeyId', 'MissingAccessKeyId'],
    ['SignatureNonce', 'MissingSignatureNonce'],
    ['Timestamp', 'MissingTimestamp'],
    ['SignatureMethod', 'MissingSignatureMethod'],
  ])('needs %s', async (name, code) => {
    expect(await rpc({ [name]: undefined })).toMatchObject({ status: 400, code });
  });

  it('is needed: an unsigned request is refused', async () => {
    const reply = await fetch(`${b.emulator.url}/?Action=ListAllMediaBucket&Version=2014-06-18`);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ Code: 'MissingAccessKeyId' });
  });

  it('is refused for a key nobody knows', async () => {
    const stranger = new Rpc(b.emulator.url, '2014-06-18', { accessKeyId: 'who', accessKeySecret: 'knows' });
    expect(await stranger.fails('ListAllMediaBucket')).toMatchObject({
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
    });
  });

  it('is refused with another method', async () => {
    expect(await rpc({ SignatureMethod: 'HMAC-SHA256' })).toMatchObject({ code: 'InvalidSignatureMethod' });
  });

  it.each([15 * 60_000 + 1000, -15 * 60_000 - 1000])(
    'is refused when the clock is off by %s ms',
    async (off) => {
      expect(await rpc({ Timestamp: seconds(b.clock.now() + off) })).toMatchObject({
        status: 400,
        code: 'InvalidTimeStamp.Expired',
      });
    },
  );

  it('is accepted when the clock is off by 15 minutes, refused when the time cannot be read', async () => {
    expect(await rpc({ Timestamp: seconds(b.clock.now() - 15 * 60_000) })).toMatchObject({ status: 200 });
    expect(await rpc({ Timestamp: 'yesterday' })).toMatchObject({ code: 'InvalidTimeStamp.Format' });
  });

  it('is refused when its nonce was used, not when the first use was refused', async () => {
    expect(await rpc({ SignatureNonce: 'n' }, 'another-secret')).toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    expect(await rpc({ SignatureNonce: 'n' })).toMatchObject({ status: 200 });
    expect(await rpc({ SignatureNonce: 'n' })).toMatchObject({ status: 400, code: 'SignatureNonceUsed' });
  });
});

describe('the ACS3 signature', () => {
  it('is accepted when it is right', async () => {
    expect(await acs3()).toMatchObject({ status: 200 });
    expect(b.emulator.mediaBuckets()).toMatchObject([{ bucket: 'out' }]);
  });

  it('is refused with another secret, or for another body', async () => {
    expect(await acs3({}, { secret: 'other' })).toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' });
    expect(await acs3({}, { body: 'Bucket=other' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    expect(b.emulator.isEmpty()).toBe(true);
  });

  it('is refused when the clock is off, or its nonce was used', async () => {
    const date = seconds(b.clock.now() - 16 * 60_000);
    expect(await acs3({ 'x-acs-date': date })).toMatchObject({ code: 'InvalidTimeStamp.Expired' });
    expect(await acs3({ 'x-acs-signature-nonce': 'n' })).toMatchObject({ status: 200 });
    expect(await acs3({ 'x-acs-signature-nonce': 'n' })).toMatchObject({ code: 'SignatureNonceUsed' });
  });
});

describe('what is not served', () => {
  it.each([
    { Action: undefined },
    { Action: 'StopBinding', Version: '2020-09-30' },
    { Version: '2017-09-06' },
    { Action: 'constructor' },
  ])('%j is InvalidApi.NotFound', async (changes) => {
    expect(await rpc(changes)).toMatchObject({ status: 404, code: 'InvalidApi.NotFound' });
  });

  it('another path is InvalidApi.NotFound', async () => {
    expect(await send('/other?Action=ListAllMediaBucket&Version=2014-06-18', {})).toMatchObject({
      status: 404,
    });
  });
});
