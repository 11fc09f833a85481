import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Client } from '@grpc/grpc-js';
import type * as Provider from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import type * as Messages from '@pulumi/pulumi/proto/provider_pb.js';
import { toStruct } from '../provider/hosts/plugin/values.js';
import { grpc } from '../provider/hosts/protocol.js';
import { load } from '../provider/hosts/pulumi-library.js';
import { REGION } from './links.js';
import { peakOf, processorOf } from './process-tree.js';

const { ResourceProviderClient } = load('./proto/provider_grpc_pb.js') as typeof Provider;
const messages = load('./proto/provider_pb.js') as typeof Messages;

/** One start of a plugin: milliseconds since it was spawned, unless said otherwise. */
export interface Start {
  /** Its port was read. */
  readonly port: number;
  /** The handshake and Configure were answered. */
  readonly configured: number;
  /** CheckConfig and the first Check were answered, with all that a link needs to be loaded. */
  readonly checked: number;
  /** Milliseconds of the processors until it was configured. */
  readonly processor: number;
  /** The most bytes of memory until then. */
  readonly memory: number;
}

type Method = (request: unknown, done: (error: Error | null) => void) => void;

/** Starts a plugin as the engine does, asks what the engine asks first, and ends it. */
export async function startOnce(script: string, env: NodeJS.ProcessEnv): Promise<Start> {
  const started = performance.now();
  const since = () => performance.now() - started;
  const child = spawn(process.execPath, [script, '127.0.0.1:1'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const port = since();
    const client: Client = new ResourceProviderClient(`127.0.0.1:${line}`, grpc.credentials.createInsecure());
    const ask = (method: string, request: unknown) =>
      new Promise<void>((done, fail) => {
        const call = (client as unknown as Record<string, Method>)[method];
        call?.call(client, request, (error) => (error === null ? done() : fail(error)));
      });
    await ask('handshake', new messages.ProviderHandshakeRequest());
    await ask('configure', configureRequest());
    const configured = since();
    const { pid = 0 } = child;
    const [processor, memory] = [1000 * processorOf(pid), peakOf(pid)];
    await ask('checkConfig', checkRequest('pulumi:providers:alicloud-media', { region: REGION }));
    await ask('check', checkRequest('alicloud-media:mps:OutputBucket', { bucket: 'bench-bucket' }));
    const checked = since();
    client.close();
    return { port, configured, checked, processor, memory };
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

function configureRequest(): Messages.ConfigureRequest {
  const request = new messages.ConfigureRequest();
  request.setArgs(toStruct({ region: REGION }));
  return request;
}

function checkRequest(type: string, news: Readonly<Record<string, string>>): Messages.CheckRequest {
  const request = new messages.CheckRequest();
  request.setUrn(`urn:pulumi:bench::bench::${type}::link`);
  request.setType(type);
  request.setNews(toStruct(news));
  return request;
}
