import type * as Grpc from '@grpc/grpc-js';
import type * as EngineService from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import type * as EngineMessages from '@pulumi/pulumi/proto/engine_pb.js';
import { load } from './pulumi-library.js';

export const grpc: typeof Grpc = load('@grpc/grpc-js');

export interface EngineProtocol {
  readonly EngineClient: typeof EngineService.EngineClient;
  readonly LogRequest: typeof EngineMessages.LogRequest;
}

export function engineProtocol(): EngineProtocol {
  const { EngineClient } = load('./proto/engine_grpc_pb.js') as typeof EngineService;
  const { LogRequest } = load('./proto/engine_pb.js') as typeof EngineMessages;
  return { EngineClient, LogRequest };
}
