import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));
const { credentials } = load('@grpc/grpc-js');
const { ResourceProviderClient } = load('./proto/provider_grpc_pb.js');
const messages = load('./proto/provider_pb.js');
const { Struct } = load('google-protobuf/google/protobuf/struct_pb.js');
const { Any } = load('google-protobuf/google/protobuf/any_pb.js');
const { Status } = load('./proto/status_pb.js');

export type Properties = Record<string, unknown>;

/** What the process answered with an error, and what it asked the engine to keep. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly kept: { id: string; properties: Properties; reasons: string[] } | undefined,
  ) {
    super(message);
  }
}

/** Where each end of the peer range is installed; the process runs there, as it runs in a user's project. */
export const PEERS = { oldest: peer('oldest'), newest: peer('newest') };

function peer(name: string): string {
  return resolve(__dirname, 'peers', name);
}

/** Pulumi's own dynamic-provider process, driven over gRPC as the engine drives it. */
export class DynamicProcess {
  readonly #child: ChildProcess;
  readonly #client: Record<string, (...args: unknown[]) => void>;
  /** Everything it printed. */
  printed = '';

  private constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(
    folder: string,
    environment: NodeJS.ProcessEnv,
    engine = '127.0.0.1:1',
  ): Promise<DynamicProcess> {
    const main = join(folder, 'node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js');
    const child = spawn(process.execPath, [main, engine], {
      cwd: folder,
      env: { ...environment, PULUMI_NODEJS_PROJECT: 'contract' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    const process_ = new DynamicProcess(child, port);
    lines.on('line', (line) => {
      process_.printed += `${line}\n`;
    });
    child.stderr.on('data', (data) => {
      process_.printed += data;
    });
    return process_;
  }

  async configure(config: Record<string, string> = {}): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config));
    await this.#call('configure', request);
  }

  async check(
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: Record<string, string> }> {
    const request = new messages.CheckRequest();
    request.setNews(Struct.fromJavaScript(news));
    request.setOlds(Struct.fromJavaScript(olds));
    const response = await this.#call('check', request);
    const failures = response
      .getFailuresList()
      .map((failure: { getProperty(): string; getReason(): string }) => [
        failure.getProperty(),
        failure.getReason(),
      ]);
    return { inputs: response.getInputs().toJavaScript(), failures: Object.fromEntries(failures) };
  }

  async diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: string; replaces: string[]; deleteBeforeReplace: boolean }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    const response = await this.#call('diff', request);
    return {
      changes: ['unknown', 'none', 'some'][response.getChanges()] ?? '',
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(Struct.fromJavaScript(inputs));
    const response = await this.#call('create', request);
    return { id: response.getId(), outputs: response.getProperties().toJavaScript() };
  }

  /** `id` is empty where the link is gone. */
  async read(
    id: string,
    properties: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties | undefined }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    const response = await this.#call('read', request);
    const inputs = response.getInputs()?.toJavaScript();
    return { id: response.getId(), outputs: response.getProperties().toJavaScript(), inputs };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    return (await this.#call('update', request)).getProperties().toJavaScript();
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    await this.#call('delete', request);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, 'exit');
  }

  // The messages are generated without types.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  #call(method: string, request: unknown): Promise<any> {
    return new Promise((resolve, reject) => {
      this.#client[method]?.call(this.#client, request, (error: GrpcError | null, response: unknown) =>
        error ? reject(callError(error)) : resolve(response),
      );
    });
  }
}

interface GrpcError {
  readonly details: string;
  readonly metadata?: { get(key: string): Buffer[] };
}

function callError({ details, metadata }: GrpcError): CallError {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? [];
  if (bytes === undefined) return new CallError(details, undefined);
  const [any] = Status.deserializeBinary(bytes).getDetailsList();
  const failed = (any as InstanceType<typeof Any>).unpack(
    messages.ErrorResourceInitFailed.deserializeBinary,
    'pulumirpc.ErrorResourceInitFailed',
  );
  return new CallError(details, {
    id: failed.getId(),
    properties: failed.getProperties().toJavaScript(),
    reasons: failed.getReasonsList(),
  });
}
