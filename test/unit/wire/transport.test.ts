import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import { systemClock } from '../../../provider/alicloud/limits/clock.js';
import { version } from '../../../provider/alicloud/sending/package-version.js';
import { Wire } from '../../../provider/alicloud/sending/wire.js';
import { within } from '../../support/lifecycle/within.js';
import { KEY, SmallServer } from './small-server.js';

let server: SmallServer;
afterEach(() => server.close());

const later = (milliseconds: number, work: () => void) => setTimeout(work, milliseconds).unref();

describe('a request', () => {
  beforeEach(async () => {
    server = await SmallServer.http((response) => response.end('{"RequestId":"R"}'));
  });

  it('is a POST with everything in its body and nothing in its URL', async () => {
    await server.ask({ params: { URI: 'oss://my-bucket', MaxResults: 200, WithStatistics: true } });
    const [{ method, url, params } = { params: new URLSearchParams() }] = server.seen;
    expect([method, url]).toEqual(['POST', '/']);
    expect(Object.fromEntries(params)).toMatchObject({
      Action: 'GetBinding',
      Version: '2020-09-30',
      Format: 'JSON',
      URI: 'oss://my-bucket',
      MaxResults: '200',
      WithStatistics: 'true',
      AccessKeyId: KEY.accessKeyId,
      SecurityToken: KEY.securityToken,
      SignatureMethod: 'HMAC-SHA1',
      Signature: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/),
    });
  });

  it('carries no secret in any header', async () => {
    await server.ask();
    const headers = JSON.stringify(server.seen[0]?.headers);
    for (const secret of [...Object.values(KEY), 'Signature']) expect(headers).not.toContain(secret);
  });

  it('names the package, its version and what the configuration adds', async () => {
    await server.ask({ userAgentSuffix: 'Pipeline/7' });
    expect(server.seen[0]?.headers['user-agent']).toBe(
      `pulumi-alicloud-media/${version()} Node.js/${process.versions.node} Pipeline/7`,
    );
    expect(version()).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('has a nonce of its own, also when many are sent at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => server.ask()));
    expect(new Set(server.seen.map(({ params }) => params.get('SignatureNonce'))).size).toBe(50);
  });

  it('uses the connection of the one before', async () => {
    for (let count = 0; count < 10; count++) await server.ask();
    expect(server.connections).toBe(1);
  });

  it('uses it again after an answer that says no', async () => {
    await server.close();
    server = await SmallServer.http((response) => {
      response.writeHead(400).end('{"Code":"ResourceNotFound","Message":"m"}');
    });
    for (let count = 0; count < 5; count++) await server.fails();
    expect(server.connections).toBe(1);
  });

  it.each([
    ['id', { ...KEY, accessKeyId: '' }],
    ['secret', { ...KEY, accessKeySecret: '' }],
  ])('is not sent with an empty %s, unsigned as it would be', async (_, credentials) => {
    const error = await server.failsOnTheWay({ credentials });
    expect(error).toMatchObject({ mayHaveHappened: false });
    expect(error.message).toContain('empty key');
    expect(server.connections).toBe(0);
  });
});

describe('the time', () => {
  it('of a reply is ours: longer than the 3 s of the library', { timeout: 20_000 }, async () => {
    server = await SmallServer.http((response) => later(3_300, () => response.end('{"RequestId":"R"}')));
    expect((await server.ask({ readTimeout: 10_000 })).body.RequestId).toBe('R');
  });

  it('of a reply is ours: shorter too, and the connection is closed then', async () => {
    server = await SmallServer.http(() => {});
    const error = await server.failsOnTheWay({ readTimeout: 80 });
    expect(error.message).toBe(`IMM GetBinding: no reply within 80 ms from ${server.url}`);
    expect(error.mayHaveHappened).toBe(true);
    await server.closed;
  });

  it('of a reply ends with its last byte, not with its first', async () => {
    server = await SmallServer.http((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const error = await server.failsOnTheWay({ readTimeout: 150 });
    expect(error.mayHaveHappened).toBe(true);
    await server.closed;
  });

  it('of a connection is ours, and one that never stood carried nothing', async () => {
    // Accepts and stays silent, so that TLS never stands.
    server = await SmallServer.tcp((socket) => socket.resume());
    const endpoint = `https://127.0.0.1:${server.port}`;
    const error = await server.failsOnTheWay({ endpoint, connectTimeout: 80, readTimeout: 60_000 });
    expect(error.message).toBe(`IMM GetBinding: no connection within 80 ms to ${endpoint}`);
    expect(error.mayHaveHappened).toBe(false);
    await server.closed;
  });

  it('of a reply is not cut by a shorter time for the connection', async () => {
    server = await SmallServer.http((response) => later(200, () => response.end('{"RequestId":"R"}')));
    expect((await server.ask({ connectTimeout: 50, readTimeout: 2_000 })).body.RequestId).toBe('R');
  });

  it('that is left of an operation bounds a request through the wire', async () => {
    server = await SmallServer.http(() => {});
    const config: Record<string, string> = {
      'alicloud:region': 'cn-shanghai',
      'alicloud:accessKey': KEY.accessKeyId,
      'alicloud:secretKey': KEY.accessKeySecret,
      'alicloud:endpoints': JSON.stringify({ imm: server.url }),
    };
    const wire = new Wire(
      readConfiguration((key) => config[key], {}),
      { clock: systemClock, environment: {}, random: () => 0.5 },
    );
    const request = { service: 'imm', region: 'cn-shanghai', action: 'GetBinding', params: {} } as const;
    await expect(wire.send(request, within(0.07), 1)).rejects.toThrow(/no reply within \d\d ms/);
  });
});

describe('a connection that fails', () => {
  it('before it stood carried nothing: refused', async () => {
    server = await SmallServer.http(() => {});
    const { url } = server;
    await server.close();
    const error = await server.failsOnTheWay({ endpoint: url });
    expect(error).toMatchObject({ reason: `ECONNREFUSED at ${url}`, mayHaveHappened: false });
  });

  it('before it stood carried nothing: reset while TLS begins', async () => {
    server = await SmallServer.tcp((socket) => socket.resetAndDestroy());
    const error = await server.failsOnTheWay({ endpoint: `https://127.0.0.1:${server.port}` });
    expect(error.mayHaveHappened).toBe(false);
  });

  it('after the request may have carried it: reset', async () => {
    server = await SmallServer.tcp((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expect(await server.failsOnTheWay()).toMatchObject({ mayHaveHappened: true, status: undefined });
  });

  it('after the request may have carried it: closed without a reply', async () => {
    server = await SmallServer.tcp((socket) => socket.on('data', () => socket.end()));
    expect(await server.failsOnTheWay()).toMatchObject({ mayHaveHappened: true, status: undefined });
  });

  it('on a used connection may have carried it', async () => {
    let answered = 0;
    server = await SmallServer.http((response) => {
      if (answered++ === 0) response.end('{"RequestId":"R"}');
      else response.socket?.resetAndDestroy();
    });
    await server.ask();
    expect(await server.failsOnTheWay()).toMatchObject({ mayHaveHappened: true });
    expect(server.connections).toBe(1);
  });

  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"RequestId":"R"}'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{"RequestId":"R"}\r\n'],
  ])('in the middle of a reply %s is no success, though its half is valid', async (_, half) => {
    server = await SmallServer.tcp((socket) => socket.on('data', () => socket.end(half)));
    const error = await server.failsOnTheWay();
    expect(error).toMatchObject({ mayHaveHappened: true, status: 200 });
    expect(error.message).toContain('a reply that was cut short');
  });
});

describe('an abort', () => {
  it('ends a request that is under way, which may have had its effect, and closes the connection', async () => {
    const stop = new AbortController();
    server = await SmallServer.http(() => stop.abort());
    expect(await server.fails({ signal: stop.signal, readTimeout: 60_000 })).toMatchObject({
      name: 'TransportError',
      mayHaveHappened: true,
    });
    await server.closed;
  });

  it('before a request sends nothing', async () => {
    const reason = new Error('stopped');
    server = await SmallServer.http((response) => response.end('{"RequestId":"R"}'));
    expect(await server.fails({ signal: AbortSignal.abort(reason) })).toBe(reason);
    expect(server.connections).toBe(0);
  });

  it('after a request does nothing to the next', async () => {
    const stop = new AbortController();
    server = await SmallServer.http((response) => response.end('{"RequestId":"R"}'));
    await server.ask({ signal: stop.signal });
    stop.abort();
    await server.ask();
    expect(server.connections).toBe(1);
  });
});
