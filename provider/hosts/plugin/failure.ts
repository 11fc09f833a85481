import type { ServiceError } from '@grpc/grpc-js';
import type * as Provider from '@pulumi/pulumi/proto/provider_pb.js';
import { grpc } from '../protocol.js';
import { load } from '../pulumi-library.js';
import { KeptError } from '../step-error.js';
import { inNamespace } from './namespace.js';
import { toStruct } from './values.js';

const { ErrorResourceInitFailed, ConfigureErrorMissingKeys } = load(
  './proto/provider_pb.js',
) as typeof Provider;
const { Status } = load('./proto/status_pb.js');
const { Any } = load('google-protobuf/google/protobuf/any_pb.js');

export interface MissingKey {
  readonly name: string;
  readonly description: string;
}

/** What Pulumi's own message about missing configuration is made from. */
export class MissingKeysError extends Error {
  constructor(readonly keys: readonly MissingKey[]) {
    super(`missing configuration: ${keys.map(({ name }) => name).join(', ')}`);
  }
}

/**
 * An error as the engine takes it. Its code says that the outcome is known: for any other code the engine would keep
 * a create as pending, and ask the user about it in the next run.
 */
export function failureOf(error: unknown): ServiceError {
  if (error instanceof MissingKeysError) return missingKeys(error);
  const message = inNamespace(error instanceof Error ? error.message : String(error));
  if (!(error instanceof KeptError)) return failure(message);
  const details = new ErrorResourceInitFailed();
  details.setId(error.id);
  details.setProperties(toStruct(error.outputs));
  details.setReasonsList([message]);
  return failure(message, 'pulumirpc.ErrorResourceInitFailed', details);
}

function missingKeys({ keys, message }: MissingKeysError): ServiceError {
  const details = new ConfigureErrorMissingKeys();
  for (const { name, description } of keys) {
    const key = new ConfigureErrorMissingKeys.MissingKey();
    key.setName(name);
    key.setDescription(description);
    details.addMissingkeys(key);
  }
  return failure(message, 'pulumirpc.ConfigureErrorMissingKeys', details);
}

function failure(message: string, type?: string, details?: { serializeBinary(): Uint8Array }): ServiceError {
  const code = grpc.status.FAILED_PRECONDITION;
  const metadata = new grpc.Metadata();
  if (type !== undefined && details !== undefined) {
    const status = new Status();
    status.setCode(code);
    status.setMessage(message);
    const packed = new Any();
    packed.pack(details.serializeBinary(), type);
    status.addDetails(packed);
    // gRPC's own place for structured errors.
    metadata.add('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  }
  return Object.assign(new Error(message), { code, details: message, metadata });
}
