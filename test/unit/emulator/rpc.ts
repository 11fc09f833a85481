import RPCClient from '@alicloud/pop-core';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/index.js';

export const KEY = { accessKeyId: 'unit-key', accessKeySecret: 'unit-secret', account: '1000000000000007' };

/** A clock that stands still until it is moved. It starts at the present, as pop-core signs with the real time. */
class HeldClock {
  #now = Math.floor(Date.now() / 1000) * 1000;

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Params = Readonly<Record<string, string | number>>;
type Body = Record<string, unknown>;

/** pop-core against an emulator: `ok` gives the reply, `fails` the error it must give. */
export class Rpc {
  readonly #client: RPCClient;
  /** Milliseconds; the default of pop-core. */
  timeout = 3000;

  constructor(
    url: string,
    apiVersion: string,
    key: { accessKeyId: string; accessKeySecret: string; securityToken?: string } = KEY,
    readonly method: 'GET' | 'POST' = 'POST',
  ) {
    this.#client = new RPCClient({ endpoint: url, apiVersion, ...key });
  }

  async ok(action: string, params: Params = {}): Promise<Body> {
    const reply = await this.#client.request<Body>(action, params, {
      method: this.method,
      timeout: this.timeout,
    });
    return JSON.parse(JSON.stringify(reply));
  }

  async fails(action: string, params: Params = {}): Promise<Failure> {
    try {
      await this.#client.request(action, params, { method: this.method, timeout: this.timeout });
    } catch (error) {
      const { code, data, entry } = error as {
        code: string;
        data: Failure['body'];
        entry: { response: { statusCode: number } };
      };
      return { code, message: String(data?.Message), status: entry?.response.statusCode, body: data };
    }
    throw new Error(`${action} did not fail`);
  }
}

export interface Bench {
  readonly emulator: Emulator;
  readonly clock: HeldClock;
  readonly imm: Rpc;
  readonly mts: Rpc;
  readonly sts: Rpc;
}

/** An emulator with a held clock, one key and the three clients. */
export async function bench(options: EmulatorOptions = {}): Promise<Bench> {
  const clock = new HeldClock();
  const emulator = await startEmulator({ clock, keys: [KEY], seed: 1, ...options });
  return {
    emulator,
    clock,
    imm: new Rpc(emulator.url, '2020-09-30'),
    mts: new Rpc(emulator.url, '2014-06-18'),
    sts: new Rpc(emulator.url, '2015-04-01'),
  };
}

/** The project and dataset the tests of bindings begin with. */
export const PAIR = { ProjectName: 'p', DatasetName: 'd', URI: 'oss://my-bucket' };
export const LINK = 'cn-shanghai/p/d/oss://my-bucket';

export function withDataset(emulator: Emulator): void {
  emulator.createProject('p');
  emulator.createDataset('p', 'd');
}
