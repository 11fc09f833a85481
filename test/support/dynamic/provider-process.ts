import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

export const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));
const { credentials } = load('@grpc/grpc-js');
const { ResourceProviderClient } = load('./proto/provider_grpc_pb.js');
export const messages = load('./proto/provider_pb.js');
export const { Struct } = load('google-protobuf/google/protobuf/struct_pb.js');
const { Any } = load('google-protobuf/google/protobuf/any_pb.js');
const { Status } = load('./proto/status_pb.js');

export type Properties = Record<string, unknown>;

/** What a provider answered with an error, and what it asked the engine to keep. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly kept: { id: string; properties: Properties; reasons: string[] } | undefined,
    /** Names of configuration keys that it said are missing. */
    readonly missingKeys: readonly string[] = [],
    readonly code = 0,
  ) {
    super(message);
  }
}

/** How a provider is asked. The messages are generated without types. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Answer = (method: string, request: any) => Promise<any>;

/** A provider in a process of its own, driven over gRPC as the engine drives it. */
export class ProviderProcess {
  readonly #child: ChildProcess;
  readonly #client: Record<string, (...args: unknown[]) => void>;
  /** Everything it printed. */
  printed = '';

  constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** Starts a script that prints its port first. */
  static async spawn(
    args: readonly string[],
    folder: string,
    environment: NodeJS.ProcessEnv,
  ): Promise<{ child: ChildProcess; port: string; rest: (take: (text: string) => void) => void }> {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    const rest = (take: (text: string) => void) => {
      lines.on('line', (line) => take(`${line}\n`));
      child.stderr.on('data', (data) => take(String(data)));
    };
    return { child, port, rest };
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, 'exit');
  }

  call(method: string, request: unknown): ReturnType<Answer> {
    return new Promise((resolve, reject) => {
      this.#client[method]?.call(this.#client, request, (error: GrpcError | null, response: unknown) =>
        error ? reject(callError(error)) : resolve(response),
      );
    });
  }
}

export interface GrpcError {
  readonly code: number;
  readonly details: string;
  readonly metadata?: { get(key: string): Buffer[] };
}

export function callError({ code, details, metadata }: GrpcError): CallError {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? [];
  if (bytes === undefined) return new CallError(details, undefined, [], code);
  const [any] = Status.deserializeBinary(bytes).getDetailsList() as [InstanceType<typeof Any>];
  const unpack = (type: string) => any.unpack(messages[type].deserializeBinary, `pulumirpc.${type}`);
  const missing = unpack('ConfigureErrorMissingKeys');
  if (missing) {
    const names = missing.getMissingkeysList().map((key: { getName(): string }) => key.getName());
    return new CallError(details, undefined, names, code);
  }
  const failed = unpack('ErrorResourceInitFailed');
  const kept = {
    id: failed.getId(),
    properties: failed.getProperties().toJavaScript(),
    reasons: failed.getReasonsList(),
  };
  return new CallError(details, kept, [], code);
}

/** The failures of a check, by property. */
export function failuresOf(response: {
  getFailuresList(): { getProperty(): string; getReason(): string }[];
}): Record<string, string> {
  const failures = response.getFailuresList().map((each) => [each.getProperty(), each.getReason()]);
  return Object.fromEntries(failures);
}
