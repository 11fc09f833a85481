import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from '../../../emulator/index.js';
import { makeEnvironment } from '../../../scripts/environment.js';
import { DynamicProcess, PEERS } from '../../support/dynamic/dynamic-process.js';
import { Authority } from './authority.js';
import { ConnectProxy } from './connect-proxy.js';
import { TlsFront } from './tls-front.js';

/** Names that the services' certificate holds. */
const NAMES = ['*.aliyuncs.com', '*.cn-shanghai.aliyuncs.com', 'localhost'];
/** The variables of all proxies, in the two ways of writing them. */
const UNSET = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

interface Parts {
  readonly folder: string;
  /** Signed the certificates of the services and of a proxy that speaks TLS. */
  readonly authority: Authority;
  readonly stranger: Authority;
  readonly emulator: Emulator;
  readonly front: TlsFront;
  readonly proxy: ConnectProxy;
}

/**
 * A network without a direct route: the services stand behind TLS with a private authority, and behind a proxy with a
 * password. A process of it opens no connection to another machine.
 */
export class Network {
  readonly folder: string;
  readonly authority: Authority;
  readonly stranger: Authority;
  readonly emulator: Emulator;
  readonly front: TlsFront;
  readonly proxy: ConnectProxy;
  readonly #providers: DynamicProcess[] = [];

  private constructor(parts: Parts) {
    this.folder = parts.folder;
    this.authority = parts.authority;
    this.stranger = parts.stranger;
    this.emulator = parts.emulator;
    this.front = parts.front;
    this.proxy = parts.proxy;
  }

  static async start(): Promise<Network> {
    const folder = mkdtempSync(join(tmpdir(), 'alicloud-media-network-'));
    const authority = await Authority.make(folder, 'authority');
    const stranger = await Authority.make(folder, 'stranger');
    const emulator = await startEmulator();
    const front = await TlsFront.start(await authority.certify(NAMES), emulator.url);
    const proxy = await ConnectProxy.start(front.port);
    return new Network({ folder, authority, stranger, emulator, front, proxy });
  }

  /** Nothing bound, nothing asked, and nobody running. */
  async begin(): Promise<void> {
    await this.stopProviders();
    rmSync(this.#log, { force: true });
    this.proxy.forget();
    this.front.closes = false;
    this.emulator.reset();
    this.emulator.createProject('media');
    this.emulator.createDataset('media', 'videos');
  }

  /** The services' own hosts, this proxy, and no way around it. */
  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      ...Object.fromEntries(UNSET.map((name) => [name, ''])),
      IMM_ENDPOINT: '',
      MTS_ENDPOINT: '',
      STS_ENDPOINT: '',
      HTTPS_PROXY: this.proxy.url(),
      NODE_OPTIONS: `--require=${JSON.stringify(resolve(__dirname, 'loopback-only.cjs'))}`,
      LOOPBACK_ONLY_LOG: this.#log,
      ...more,
    };
  }

  /** Pulumi's dynamic-provider process in this network. */
  async provider(more: NodeJS.ProcessEnv, config: Record<string, string> = {}): Promise<DynamicProcess> {
    const environment = { ...makeEnvironment({ folder: this.folder }), ...this.environment(more) };
    const provider = await DynamicProcess.start(PEERS.oldest, environment);
    this.#providers.push(provider);
    await provider.configure({ 'alicloud-media:consistencyWindow': '0', ...config });
    return provider;
  }

  /** The hosts that a process tried to reach without the proxy. */
  leftThisMachine(): readonly string[] {
    if (!existsSync(this.#log)) return [];
    return [...new Set(readFileSync(this.#log, 'utf8').split('\n').filter(Boolean))];
  }

  async stopProviders(): Promise<void> {
    for (const provider of this.#providers.splice(0)) await provider.stop();
  }

  async close(): Promise<void> {
    await this.stopProviders();
    await this.proxy.close();
    await this.front.close();
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #log(): string {
    return join(this.folder, 'left-this-machine');
  }
}
