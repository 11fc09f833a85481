import type { ServiceDefinition } from '@grpc/grpc-js';
import { MediaProvider } from '../../../provider/hosts/plugin/provider.js';
import { serviceOf } from '../../../provider/hosts/plugin/service.js';
import { callError, type GrpcError, load } from '../dynamic/provider-process.js';
import { PluginClient } from './plugin-client.js';

type Handler = (
  call: { request: unknown },
  callback: (error: GrpcError | null, response: unknown) => void,
) => void;

const { ResourceProviderService } = load('./proto/provider_grpc_pb.js') as {
  ResourceProviderService: ServiceDefinition;
};

/** The provider plugin in this process: everything of it but the socket, with every message as bytes in between. */
export class InProcessPlugin extends PluginClient {
  constructor(...provided: ConstructorParameters<typeof MediaProvider>) {
    const service = serviceOf(new MediaProvider(...provided));
    super(
      (method, request) =>
        new Promise((resolve, reject) => {
          const bytes = ResourceProviderService[method];
          const handler = service[method] as Handler | undefined;
          if (bytes === undefined || handler === undefined) throw new Error(`the plugin has no ${method}`);
          handler(
            { request: bytes.requestDeserialize(bytes.requestSerialize(request)) },
            (error, response) =>
              error
                ? reject(callError(error))
                : resolve(bytes.responseDeserialize(bytes.responseSerialize(response))),
          );
        }),
    );
  }
}
