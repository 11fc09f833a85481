import { once } from 'node:events';
import { request } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { ProxyAnswerError, TunnelAgent } from '../../../provider/alicloud/network/tunnel.js';

let server: Server | undefined;
afterEach(() => server?.close());

/** Asks a proxy that answers this for a way, and tells what it was asked and how that ended. */
async function asking(
  address: string,
  user: string,
  answer: string,
): Promise<{ asked: string; error: Error }> {
  let asked = '';
  const proxy = createServer((socket) => {
    socket.on('data', (data) => {
      asked += data;
      if (asked.endsWith('\r\n\r\n')) socket.end(answer);
    });
    socket.on('error', () => {});
  });
  server = proxy.listen(0, address);
  await once(proxy, 'listening');
  const host = address.includes(':') ? `[${address}]` : address;
  const url = new URL(`http://${user}${host}:${(proxy.address() as AddressInfo).port}`);
  const agent = new TunnelAgent(url, {}, { rejectUnauthorized: true });
  expect(agent.proxy).toBe(url.host);
  const [error] = (await once(request('https://sts.aliyuncs.com/', { agent }).end(), 'error')) as [Error];
  return { asked, error };
}

const hasIpv6 = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

it.each(['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])])(
  'a proxy at %s is asked for the way, and told who asks',
  async (address) => {
    const { asked, error } = await asking(address, 'some%40one:p%2Fass%3Aword@', 'HTTP/1.1 403 No\r\n\r\n');
    const pair = Buffer.from('some@one:p/ass:word').toString('base64');
    expect(asked.split('\r\n')).toEqual([
      'CONNECT sts.aliyuncs.com:443 HTTP/1.1',
      'host: sts.aliyuncs.com:443',
      'connection: keep-alive',
      `proxy-authorization: Basic ${pair}`,
      '',
      '',
    ]);
    expect(error).toBeInstanceOf(ProxyAnswerError);
    expect((error as ProxyAnswerError).status).toBe(403);
  },
);

it('a proxy without a user is told none', async () => {
  const { asked } = await asking('127.0.0.1', '', 'HTTP/1.1 407 No\r\n\r\n');
  expect(asked).not.toContain('authorization');
});

it('a proxy that answers with nothing, or with no HTTP, fails the request', async () => {
  for (const answer of ['', 'SSH-2.0-x\r\n']) {
    const { error } = await asking('127.0.0.1', '', answer);
    expect((error as NodeJS.ErrnoException).code).toMatch(/^(ECONNRESET|HPE_INVALID_CONSTANT)$/);
    server?.close();
  }
});
