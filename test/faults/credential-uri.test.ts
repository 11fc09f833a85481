import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import type { Setting } from '../support/lifecycle/lifecycle-world.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { BUCKET } from '../support/links/links.js';
import { Rpc } from '../unit/emulator/rpc.js';
import { Engine } from './engine.js';
import { Authority, type Certificate } from './networks/authority.js';
import { ConnectProxy } from './networks/connect-proxy.js';
import { SharedCloud } from './shared-cloud.js';

const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`;
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const CARELESS = 'NODE_TLS_REJECT_UNAUTHORIZED';

const cloud = SharedCloud.make();
const before = { ...process.env };
let folder: string;
let authority: Authority;
let certificate: Certificate;
let source: Server | undefined;
let proxy: ConnectProxy | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'credential-uri-'));
  authority = await Authority.make(folder, 'authority');
  certificate = await authority.certify(['localhost']);
});
afterEach(async () => {
  for (const name of [CARELESS, ...PROXIES, ...PROXIES.map((each) => each.toLowerCase())]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  source?.closeAllConnections();
  source?.close();
  await proxy?.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Proxies and TLS are matters of the process. */
function inProcess(variables: Readonly<Record<string, string>>): void {
  for (const name of PROXIES) for (const each of [name, name.toLowerCase()]) delete process.env[each];
  Object.assign(process.env, variables);
}

/** Serves temporary keys of the emulator; `statuses` are those of the first requests. */
async function serve(statuses: readonly number[], secure = false) {
  const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
  const rpc = new Rpc(cloud.world.emulator.url, '2015-04-01', key);
  const { Credentials } = await rpc.ok('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'test' });
  const served = { asked: 0, port: 0, uri: '' };
  const answer: RequestListener = (_, response) => {
    const status = statuses[served.asked] ?? 200;
    served.asked += 1;
    response.writeHead(status).end(status === 200 ? JSON.stringify(Credentials) : 'emulator-token-in-a-page');
  };
  const server = secure ? createTlsServer(certificate, answer) : createServer(answer);
  source = server;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  served.port = (server.address() as AddressInfo).port;
  served.uri = `${secure ? 'https://localhost' : 'http://127.0.0.1'}:${served.port}/?token=of-the-uri`;
  return served;
}

const setting = (uri: string, more: Setting['config'] = {}): Setting => ({
  config: {
    'alicloud:accessKey': undefined,
    'alicloud:secretKey': undefined,
    'alicloud:credentialsUri': uri,
    ...more,
  },
});

describe.each(SERVERS)('a credentials URI, served by the %s', (server) => {
  cloud.servedBy(server);

  it('that answers 503 a few times is asked again, and says so while it lasts', async () => {
    const world = cloud.begin();
    const served = await serve(Array(8).fill(503));
    const engine = new Engine(world, BUCKET);
    expect(await engine.up(setting(served.uri))).toBeUndefined();
    expect(served.asked).toBe(9);
    expect(world.said.join('\n')).toMatch(/gave no credentials: it answered with HTTP 503; try \d+ in/);
    expect(await engine.destroy(setting(served.uri))).toBeUndefined();
  });

  it('that answers 503 for ever ends the operation at its own time, with nothing sent', async () => {
    const world = cloud.begin();
    const served = await serve(Array(99).fill(503));
    world.emulator.clearJournal();
    const engine = new Engine(world, BUCKET, { customTimeouts: { create: '40s' } });
    const began = world.clock.now();
    const error = await engine.up(setting(served.uri));
    expect(error?.message).toMatch(
      /The credentials URI \(config alicloud(-media)?:credentialsUri\) gave no credentials: it answered with HTTP 503\./,
    );
    expect(world.clock.now() - began).toBeLessThanOrEqual(40_000);
    expect(world.clock.now() - began).toBeGreaterThan(15_000);
    expect(served.asked).toBeGreaterThan(3);
    expect(world.emulator.journal()).toEqual([]);
    expect(`${error?.message}${world.said.join()}`).not.toMatch(/of-the-uri|emulator-token/);
  });

  it('with a certificate that nobody trusts is refused at once, whatever the environment says', async () => {
    for (const careless of [{ [CARELESS]: '0' }, {}]) {
      inProcess(careless);
      const served = await serve([], true);
      const error = await new Engine(cloud.begin(), BUCKET).up(setting(served.uri));
      expect(error?.message).toMatch(
        /gave no credentials: the certificate of its host is of an authority that is not trusted \([A-Z_]+\)\. .* in alicloud-media:caFile or NODE_EXTRA_CA_CERTS\./,
      );
      expect(served.asked).toBe(0);
      expect(error?.message).not.toContain('of-the-uri');
    }
  });

  it('is trusted by alicloud-media:caFile, and reached through the proxy with its password', async () => {
    const served = await serve([], true);
    proxy = await ConnectProxy.start(served.port);
    inProcess({ HTTPS_PROXY: proxy.url() });
    const engine = new Engine(cloud.begin(), BUCKET);
    const config = setting(served.uri, { 'alicloud-media:caFile': authority.file });
    expect(await engine.up(config)).toBeUndefined();
    expect(proxy.asked).toEqual([`localhost:${served.port}`]);
    expect(proxy.unknown).toEqual([]);
    expect(await engine.destroy(config)).toBeUndefined();
  });

  it('is named with the proxy that refuses it', async () => {
    const served = await serve([], true);
    proxy = await ConnectProxy.start(served.port);
    inProcess({ HTTPS_PROXY: proxy.url('another-password') });
    const error = await new Engine(cloud.begin(), BUCKET).up(setting(served.uri));
    expect(error?.message).toContain(
      `gave no credentials: the proxy ${proxy.address} wants another user or password for its host (HTTP 407). ` +
        'Give them in HTTPS_PROXY',
    );
    expect(error?.message).not.toMatch(/another-password|of-the-uri/);
    expect(proxy.unknown).toHaveLength(1);
  });

  it('over plain HTTP goes through no proxy: what it answers is to be read by nobody', async () => {
    const served = await serve([]);
    proxy = await ConnectProxy.start(served.port);
    inProcess({ HTTPS_PROXY: proxy.url(), HTTP_PROXY: proxy.url(), ALL_PROXY: proxy.url() });
    const engine = new Engine(cloud.begin(), BUCKET);
    expect(await engine.up(setting(served.uri))).toBeUndefined();
    expect(proxy.asked).toEqual([]);
    expect(served.asked).toBe(1);
    expect(await engine.destroy(setting(served.uri))).toBeUndefined();
  });
});
