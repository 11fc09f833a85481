import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { providerText } from '../../provider/lifecycle/description.js';
import { outputBucket } from '../../provider/mps/output-bucket.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import { EngineServer } from '../support/dynamic/engine-server.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';
import { BUCKET } from './plugin-world.js';

/** What a host prints and tells the engine, of one link that is made and removed. */
interface Hosted {
  readonly printed: string;
  wholeLife(): Promise<void>;
  stop(): Promise<void>;
}

let emulator: Emulator;
let engine: EngineServer;
/** A proxy that answers nothing, as one does that drops what it may not carry. */
let proxy: Server;
let asked = 0;

beforeAll(async () => {
  [emulator, engine] = await Promise.all([startEmulator(), EngineServer.start()]);
  proxy = createServer(() => asked++);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  proxy.close();
  engine.close();
  await emulator.close();
});

function environment(): NodeJS.ProcessEnv {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url };
  return {
    ...makeEnvironment(stage),
    ...{ no_proxy: undefined, NO_PROXY: undefined, no_grpc_proxy: undefined },
    ...{ https_proxy: address, http_proxy: address, grpc_proxy: address },
  };
}

const LINK = { bucket: 'renditions', region: 'cn-shanghai' };

async function dynamicHost(folder: string): Promise<Hosted> {
  const provider = await DynamicProcess.start(folder, environment(), engine.address);
  await provider.configure({ 'alicloud-media:consistencyWindow': '0' });
  return {
    get printed() {
      return provider.printed;
    },
    async wholeLife() {
      const __provider = providerText(outputBucket.description);
      const { id, outputs } = await provider.create({ ...LINK, __provider });
      await provider.delete(id, outputs);
    },
    stop: () => provider.stop(),
  };
}

async function plugin(): Promise<Hosted> {
  const provider = await PluginProcess.start(environment(), engine.address);
  await provider.configure({ consistencyWindow: '0' });
  return {
    get printed() {
      return provider.printed;
    },
    async wholeLife() {
      const { id, outputs } = await provider.create(BUCKET, LINK);
      await provider.delete(BUCKET, id, outputs);
    },
    stop: () => provider.stop(),
  };
}

it.each([
  ['oldest @pulumi/pulumi of the peer range', () => dynamicHost(PEERS.oldest)],
  ['newest @pulumi/pulumi of the peer range', () => dynamicHost(PEERS.newest)],
  ['plugin', plugin],
])(
  'every line reaches the engine past the proxy where one is set and loopback is not excepted: %s',
  async (_, start) => {
    engine.logged.length = 0;
    asked = 0;
    const host = await start();
    try {
      await host.wholeLife();
      expect(engine.logged.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('UnbindOutputBucket (account'),
      );
      // What waits for an answer of the proxy is held up for five seconds.
      expect(asked).toBe(0);
      expect(host.printed).toBe('');
    } finally {
      await host.stop();
    }
  },
);
