import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IS_WIDE } from '../support/extent.js';
import { bucket, failure, NO_STS, wholeLife } from './networks/bucket.js';
import { Network } from './networks/network.js';
import { TlsFront } from './networks/tls-front.js';

let network: Network;
/** Trusted by way of a variable alone. */
let trusted: NodeJS.ProcessEnv;

beforeAll(async () => {
  network = await Network.start();
  trusted = { NODE_EXTRA_CA_CERTS: network.authority.file };
});
beforeEach(() => network.begin());
afterAll(() => network?.close());

describe('certificate authorities', () => {
  it.runIf(IS_WIDE)('of alicloud-media:caFile and of NODE_EXTRA_CA_CERTS are trusted together', async () => {
    const caFile = { 'alicloud-media:caFile': network.stranger.file };
    await wholeLife(network, await network.provider(trusted, caFile));
    const others = await TlsFront.start(await network.stranger.certify(['localhost']), network.emulator.url);
    try {
      const MTS_ENDPOINT = `https://localhost:${others.port}`;
      const NO_PROXY = '127.0.0.1,localhost';
      await wholeLife(
        network,
        await network.provider({ ...trusted, MTS_ENDPOINT, NO_PROXY, no_proxy: '' }, caFile),
      );
    } finally {
      await others.close();
    }
  });

  it.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])(
    'that nobody named are refused, at once and whatever the environment says: %j',
    async (careless) => {
      const text = await failure(network, await network.provider(careless));
      expect(text).toMatch(
        /STS GetCallerIdentity: the certificate of https:\/\/sts\.aliyuncs\.com is of an authority that is not trusted \([A-Z_]+\)\. .* in alicloud-media:caFile or NODE_EXTRA_CA_CERTS\./,
      );
      expect(network.proxy.asked).toHaveLength(1);
      expect(network.emulator.statistics().requests).toBe(0);
    },
  );

  it.runIf(IS_WIDE)('do not make a certificate good that is over, or of another host', async () => {
    const day = 86_400_000;
    for (const [names, until, code] of [
      [['localhost'], new Date(Date.now() - day), 'CERT_HAS_EXPIRED'],
      [['elsewhere.test'], undefined, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const) {
      const front = await TlsFront.start(await network.authority.certify(names, until), network.emulator.url);
      try {
        const endpoint = `https://localhost:${front.port}`;
        const provider = await network.provider({ ...trusted, MTS_ENDPOINT: endpoint }, NO_STS);
        expect(await failure(network, provider)).toContain(
          `the certificate of ${endpoint} is not valid (${code})`,
        );
      } finally {
        await front.close();
      }
    }
  });

  it('in a file that is missing, empty or damaged are a failed check that names the key, and nothing is sent', async () => {
    const file = (name: string, text: string) => {
      const path = join(network.folder, name);
      writeFileSync(path, text);
      return path;
    };
    for (const [path, why] of [
      [join(network.folder, 'missing.pem'), 'it cannot be read (ENOENT)'],
      [file('empty.pem', ''), 'it holds no certificate in PEM form'],
      [
        file('damaged.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
        'a certificate in it is damaged',
      ],
    ] as const) {
      const provider = await network.provider({}, { 'alicloud-media:caFile': path });
      const { failures } = await provider.check(bucket());
      expect(Object.values(failures)).toEqual([`alicloud-media:caFile is ${JSON.stringify(path)}; ${why}.`]);
    }
    expect(network.proxy.asked).toEqual([]);
  });
});
