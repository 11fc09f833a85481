import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE, thinned } from '../support/extent.js';
import { bucket, expectNoSecret, failure, HOSTS, MPS, NO_STS, wholeLife } from './networks/bucket.js';
import { ConnectProxy } from './networks/connect-proxy.js';
import { Network } from './networks/network.js';

let network: Network;
/** Trusted by way of a variable alone. */
let trusted: NodeJS.ProcessEnv;

beforeAll(async () => {
  network = await Network.start();
  trusted = { NODE_EXTRA_CA_CERTS: network.authority.file };
});
beforeEach(() => network.begin());
afterAll(() => network?.close());

/** Node printed the requests, to the proxy too, and no secret with them. */
function expectPrinted(text: string): void {
  expect(text).toMatch(/^HTTP \d+: /m);
  expect(text).toContain('CONNECT');
  expectNoSecret({ text });
}

describe('a proxy with a password', () => {
  it('carries every request of a stack, to all three services, and its password is nowhere to be seen', async () => {
    const stack = await Stack.make({
      emulator: network.emulator,
      program: `new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('renditions', { bucket: 'renditions' });`,
      config: { 'alicloud-media:caFile': network.authority.file },
      environment: network.environment({ DEBUG: '*', ALICLOUD_MEDIA_LOG: 'debug' }),
    });
    try {
      const up = await stack.up();
      expect(up).toContain('endpoint="https://imm.cn-shanghai.aliyuncs.com"');
      await stack.refresh();
      const state = await stack.exported();
      await stack.destroy();
      expect(network.emulator.isEmpty()).toBe(true);
      expect(network.proxy.hosts).toEqual(HOSTS);
      expect(network.proxy.unknown).toEqual([]);
      expect(network.leftThisMachine()).toEqual([]);
      expectNoSecret({ printed: stack.printed, state });
    } finally {
      stack.remove();
    }
  });

  it('is asked for one way to each host, which then serves one request after the other', async () => {
    const provider = await network.provider(trusted);
    await wholeLife(network, provider);
    await wholeLife(network, provider);
    expect([...network.proxy.asked].sort()).toEqual(HOSTS);
    expect(network.leftThisMachine()).toEqual([]);
  });

  it('has its password, and the keys of the services, in nothing that Node prints of its own accord', async () => {
    // All there is: http, net and tls among it.
    const provider = await network.provider({ ...trusted, NODE_DEBUG: '*' });
    await wholeLife(network, provider);
    expect(network.proxy.hosts).toEqual(HOSTS);
    expectPrinted(provider.printed);
  });

  it.runIf(IS_WIDE)('is found without http:// before its address, too', async () => {
    await wholeLife(
      network,
      await network.provider({ ...trusted, HTTPS_PROXY: network.proxy.url().slice('http://'.length) }),
    );
    expect(network.proxy.hosts).toEqual(HOSTS);
  });

  it('is named when it refuses the password, at once and without it, under DEBUG=* too', async () => {
    const HTTPS_PROXY = network.proxy.url('another-password');
    const provider = await network.provider({
      ...trusted,
      HTTPS_PROXY,
      DEBUG: '*',
      ALICLOUD_MEDIA_LOG: 'debug',
    });
    const text = await failure(network, provider);
    expect(text).toContain(
      `the proxy ${network.proxy.address} wants another user or password for https://sts.aliyuncs.com (HTTP 407). ` +
        'Give them in HTTPS_PROXY',
    );
    expect(`${text}${provider.printed}`).not.toContain('another-password');
    // No second try, which would be as wrong.
    expect(network.proxy.unknown).toHaveLength(1);
  });

  it('is named when it refuses the host', async () => {
    network.proxy.behaviour = 403;
    const text = await failure(network, await network.provider({ ...trusted, DEBUG: '*' }));
    expect(text).toContain(
      `the proxy ${network.proxy.address} refuses connections to https://sts.aliyuncs.com (HTTP 403 of the proxy). ` +
        'Let the proxy allow them, or name the host in NO_PROXY.',
    );
    expect(network.proxy.asked).toHaveLength(1);
  });

  it('is asked again when it answers that it is not able to now', async () => {
    network.proxy.behaviour = 503;
    const text = await failure(
      network,
      await network.provider({ ...trusted, DEBUG: '*' }, NO_STS),
      bucket('2s'),
    );
    expect(text).toContain(`HTTP 503 of the proxy at ${MPS}, through the proxy ${network.proxy.address}`);
    expect(network.proxy.asked.length).toBeGreaterThan(1);
  });

  it.runIf(IS_WIDE)('is named when it does not listen', async () => {
    const gone = await ConnectProxy.start(network.front.port);
    await gone.close();
    const HTTPS_PROXY = gone.url();
    const provider = await network.provider({ ...trusted, HTTPS_PROXY, DEBUG: '*' }, NO_STS);
    const text = await failure(network, provider, bucket('2s'));
    expect(text).toContain(`ECONNREFUSED at ${MPS}, through the proxy ${gone.address}`);
    expect(network.leftThisMachine()).toEqual([]);
  });

  it('has the connect timeout for its answer, and not longer', async () => {
    network.proxy.behaviour = 'silence';
    const provider = await network.provider(trusted, { ...NO_STS, 'alicloud:clientConnectTimeout': '400' });
    const began = Date.now();
    const text = await failure(network, provider, bucket('2s'));
    expect(text).toMatch(/no connection within \d+ ms to https:\/\/mts\.cn-shanghai/);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(network.proxy.asked.length).toBeGreaterThan(1);
  });

  it.each([
    ['cut', 'ECONNRESET at'],
    ['nowhere', 'no connection within \\d+ ms to'],
  ] as const)(
    'whose way is %s has delivered nothing, so that no link stays in the state as unsure',
    async (behaviour, reason) => {
      // The look before the bind is answered, and the bind needs a way of its own.
      network.front.closes = true;
      const end = network.emulator.onCall((_, { action }) => {
        if (action === 'ListAllMediaBucket') network.proxy.behaviour = behaviour;
      });
      try {
        const provider = await network.provider(trusted, {
          ...NO_STS,
          'alicloud:clientConnectTimeout': '400',
        });
        expect(await failure(network, provider, bucket('2s'))).toMatch(
          new RegExp(`(BindOutputBucket|ListAllMediaBucket): ${reason} ${MPS}`),
        );
        expect(network.proxy.asked.length).toBeGreaterThan(2);
      } finally {
        end();
      }
    },
  );

  it.runIf(IS_WIDE)(
    'is refused with the name of its variable, and not the value, when that is no address',
    async () => {
      for (const HTTPS_PROXY of [
        'socks5://someone:proxy-password@127.0.0.1:1080',
        'http://someone:proxy-password#@127.0.0.1:8080',
        'http://someone:proxy-password%zz@127.0.0.1:8080',
      ]) {
        const provider = await network.provider({ ...trusted, HTTPS_PROXY, DEBUG: '*' });
        const text = await failure(network, provider);
        expect(text).toContain('HTTPS_PROXY is not the address of a proxy, http://user:password@host:port');
        expect(text + provider.printed).not.toContain('proxy-password');
      }
      expect(network.leftThisMachine()).toEqual([]);
    },
  );

  it.runIf(IS_WIDE)(
    'that speaks TLS is spoken to only when its certificate is trusted, since it is told the password',
    async () => {
      const proxy = await ConnectProxy.start(
        network.front.port,
        await network.authority.certify(['127.0.0.1']),
      );
      const other = await ConnectProxy.start(
        network.front.port,
        await network.stranger.certify(['127.0.0.1']),
      );
      try {
        const caFile = { 'alicloud-media:caFile': network.authority.file };
        const provider = await network.provider({ HTTPS_PROXY: proxy.url(), NODE_DEBUG: '*' }, caFile);
        await wholeLife(network, provider);
        expect(proxy.hosts).toEqual(HOSTS);
        expectPrinted(provider.printed);

        const careless = { HTTPS_PROXY: other.url(), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
        const text = await failure(network, await network.provider(careless, caFile));
        expect(text).toContain(
          `the certificate of the proxy ${other.address} is of an authority that is not trusted`,
        );
        expect(other.asked).toEqual([]);
      } finally {
        await proxy.close();
        await other.close();
      }
    },
  );
});

describe('NO_PROXY', () => {
  // A second endpoint of this machine, which both ways lead to.
  const local = () => ({ MTS_ENDPOINT: `https://localhost:${network.front.port}` });

  it.runIf(IS_WIDE)('gives a host the direct way', async () => {
    const excepted = { NO_PROXY: '127.0.0.1,localhost', no_proxy: '' };
    await wholeLife(network, await network.provider({ ...trusted, ...local(), ...excepted }));
    expect(network.proxy.hosts).toEqual(HOSTS.filter((host) => !host.startsWith('mts')));
  });

  it.runIf(IS_WIDE)('leaves all other hosts to the proxy', async () => {
    const excepted = { NO_PROXY: '127.0.0.1,localhost:1,host', no_proxy: '' };
    await wholeLife(network, await network.provider({ ...trusted, ...local(), ...excepted }));
    expect(network.proxy.hosts).toContain(`localhost:${network.front.port}`);
  });

  it.each(thinned(['cn-shanghai.aliyuncs.com', '.aliyuncs.com', 'MTS.cn-shanghai.aliyuncs.com', '*'], 1))(
    'holds for the hosts below a name, and says %s as other tools do',
    async (NO_PROXY) => {
      const excepted = { NO_PROXY: `127.0.0.1,${NO_PROXY}`.replace(/.*\*$/, '*'), no_proxy: '' };
      const text = await failure(
        network,
        await network.provider({ ...trusted, ...excepted }, NO_STS),
        bucket('1s'),
      );
      // No way leads there from here; what matters is that the direct one was tried.
      expect(text).toContain(`ENETUNREACH at ${MPS}`);
      expect(network.leftThisMachine()).toEqual(['mts.cn-shanghai.aliyuncs.com']);
      expect(network.proxy.asked).toEqual([]);
    },
  );
});

it('alicloud-media:network: vpc picks the hosts inside a VPC', async () => {
  await wholeLife(network, await network.provider(trusted, { 'alicloud-media:network': 'vpc' }));
  expect(network.proxy.hosts).toEqual(
    ['imm-vpc', 'mts-vpc', 'sts-vpc'].map((service) => `${service}.cn-shanghai.aliyuncs.com:443`),
  );
  expect(network.leftThisMachine()).toEqual([]);
});
