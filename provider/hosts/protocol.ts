import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type * as EngineService from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import type * as EngineMessages from '@pulumi/pulumi/proto/engine_pb.js';

/**
 * Loads what `@pulumi/pulumi` ships or depends on: the engine's protocol and its transport. Always the same copies as
 * Pulumi's own, whatever the package manager's layout; messages of another copy would not be taken.
 */
export const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));

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
