import type * as Provider from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import { version } from '../../alicloud/user-agent.js';
import { grpc, load } from '../protocol.js';
import { MediaProvider } from './provider.js';
import { serviceOf } from './service.js';

const { ResourceProviderService } = load('./proto/provider_grpc_pb.js') as typeof Provider;

/** Pulumi's own limit; a stack's configuration and a schema are larger than gRPC's. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;
/** How often it is looked whether the engine is still there. */
const LOOK_EVERY = 2_000;

function main(): void {
  const given = process.argv.slice(2);
  // A person who looks what is installed; the engine asks by gRPC.
  if (given.includes('--version')) return void process.stdout.write(`${version()}\n`);
  const [engine] = given.filter((argument) => !argument.startsWith('-'));
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

main();
