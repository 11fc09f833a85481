import type * as Provider from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import { grpc } from '../protocol.js';
import { load } from '../pulumi-library.js';
import { MediaProvider } from './provider.js';
import { serviceOf } from './service.js';

const { ResourceProviderService } = load('./proto/provider_grpc_pb.js') as typeof Provider;

/** Pulumi's own limit; a stack's configuration and a schema are larger than gRPC's. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;
/** How often it is looked whether the engine is still there. */
const LOOK_EVERY = 2_000;

/** Serves the engine at this address, or one that attaches itself later. */
export function serve(engine: string | undefined): void {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
  server.addService(ResourceProviderService, serviceOf(new MediaProvider(engine)));
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    // How a plugin tells the engine where it listens.
    process.stdout.write(`${port}\n`);
  });
  endWithParent();
}

/** An engine that was killed cannot tell its plugins to end. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, LOOK_EVERY).unref();
}
