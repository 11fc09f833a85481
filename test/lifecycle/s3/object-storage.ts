import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pythonWith } from '../../support/cli/python.js';

/** What moto's server needs to serve S3; `moto[server]` would bring every other service of AWS along. */
const PACKAGES = ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'];

/** It checks no signature, but lets only somebody who shows one read an object. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';

/** A server of S3 that keeps its objects in memory: moto, in a process of its own. */
export class ObjectStorage {
  readonly #process: ChildProcess;
  readonly url: string;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts it, or says what this machine lacks. */
  static async start(): Promise<ObjectStorage | { missing: string }> {
    const found = await pythonWith({
      folder: 'python-moto-5.2.5',
      packages: PACKAGES,
      modules: ['moto.server', 'flask', 'flask_cors'],
    });
    if ('missing' in found) return found;
    const server = spawn(found.python, [join(__dirname, 'object_storage.py')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ended = once(server, 'close').then(() => {
      throw new Error('the S3 server ended before it listened');
    });
    const [port] = await Promise.race([once(server.stdout, 'data'), ended]);
    return new ObjectStorage(server, String(port).trim());
  }

  async makeBucket(name: string): Promise<void> {
    await this.#ask('PUT', name);
  }

  /** The keys of a bucket. */
  async keys(bucket: string): Promise<readonly string[]> {
    const listing = await this.#ask('GET', `${bucket}?list-type=2`);
    return [...listing.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key ?? '');
  }

  read(bucket: string, key: string): Promise<string> {
    return this.#ask('GET', `${bucket}/${key}`);
  }

  async close(): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#process.stdin?.end();
    await closed;
  }

  async #ask(method: string, path: string): Promise<string> {
    const answer = await fetch(`${this.url}/${path}`, { method, headers: { authorization: AUTHORIZATION } });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.text();
  }
}
