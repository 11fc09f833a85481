import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../faults/networks/authority.js';
import { ConnectProxy } from '../../faults/networks/connect-proxy.js';
import { TlsFront } from '../../faults/networks/tls-front.js';
import { ObjectStorage } from './object-storage.js';

/** What a RAM user of the state's bucket must be allowed, by the request of S3 that needs it. */
const RAM_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'GET bucket': ['oss:ListObjects'],
  'GET object': ['oss:GetObject'],
  'HEAD object': ['oss:GetObject'],
  'PUT object': ['oss:PutObject'],
  'PUT object from another': ['oss:GetObject', 'oss:PutObject'],
  'DELETE object': ['oss:DeleteObject'],
};

/** Profiles, tokens and endpoints of whoever runs the tests. */
const aws = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));

interface S3Request {
  readonly kind: string;
  readonly host: string;
  /** The body comes in pieces, each with a length of its own: the form that OSS refuses. */
  readonly chunked: boolean;
}

/** The hosts of OSS in Shanghai, in front of an S3 server of this machine: what is sent to them goes through a proxy. */
export class Oss {
  readonly #folder: string;
  readonly #front: TlsFront;
  readonly #proxy: ConnectProxy;
  readonly storage: ObjectStorage;
  readonly requests: S3Request[] = [];
  /** With it a process reaches these hosts, and no other. */
  readonly environment: NodeJS.ProcessEnv;

  private constructor(
    folder: string,
    storage: ObjectStorage,
    front: TlsFront,
    proxy: ConnectProxy,
    ca: string,
  ) {
    this.#folder = folder;
    this.storage = storage;
    this.#front = front;
    this.#proxy = proxy;
    this.environment = {
      ...Object.fromEntries(aws.map((name) => [name, ''])),
      HTTPS_PROXY: proxy.url(),
      https_proxy: proxy.url(),
      AWS_CA_BUNDLE: ca,
    };
    front.watch(({ method, url = '', headers }) => {
      const of = url.startsWith('/?') ? 'bucket' : 'object';
      const copy = headers['x-amz-copy-source'] ? ' from another' : '';
      this.requests.push({
        kind: `${method} ${of}${copy}`,
        host: headers.host ?? '',
        chunked: String(headers['content-encoding']).includes('aws-chunked'),
      });
    });
  }

  static async start(): Promise<Oss | { missing: string }> {
    const storage = await ObjectStorage.start();
    if ('missing' in storage) return storage;
    const folder = mkdtempSync(join(tmpdir(), 'alicloud-media-oss-'));
    const authority = await Authority.make(folder, 'oss');
    const certificate = await authority.certify(['*.s3.oss-cn-shanghai.aliyuncs.com']);
    const front = await TlsFront.start(certificate, storage.url);
    return new Oss(folder, storage, front, await ConnectProxy.start(front.port), authority.file);
  }

  get hosts(): readonly string[] {
    return [...new Set(this.requests.map(({ host }) => host))];
  }

  /** The actions of RAM that the requests so far needed; a request of another kind stands for itself. */
  get ramActions(): readonly string[] {
    return [...new Set(this.requests.flatMap(({ kind }) => RAM_ACTIONS[kind] ?? [kind]))].sort();
  }

  /** Every object of a bucket, by its key. */
  async objects(bucket: string): Promise<Readonly<Record<string, string>>> {
    const keys = await this.storage.keys(bucket);
    return Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key, await this.storage.read(bucket, key)])),
    );
  }

  async close(): Promise<void> {
    await this.#proxy.close();
    await this.#front.close();
    await this.storage.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
