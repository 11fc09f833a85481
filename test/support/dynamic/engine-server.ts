import { load } from './provider-process.js';

const { Server, ServerCredentials } = load('@grpc/grpc-js');
const { EngineService } = load('./proto/engine_grpc_pb.js');
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js');

const SEVERITIES = ['debug', 'info', 'warning', 'error'];

interface LogCall {
  readonly request: {
    getSeverity(): number;
    getMessage(): string;
    getUrn(): string;
    getEphemeral(): boolean;
  };
}

/** One message that a provider sent to the engine. */
interface Logged {
  readonly severity: string;
  readonly text: string;
  readonly urn: string;
  /** Shown while it lasts, and in no log. */
  readonly isStatus: boolean;
}

/** The engine's side of the log, on gRPC. */
export class EngineServer {
  readonly logged: Logged[] = [];
  readonly #server = new Server();
  address = '';

  static async start(): Promise<EngineServer> {
    const engine = new EngineServer();
    engine.#server.addService(EngineService, {
      log: ({ request }: LogCall, answer: (error: null, response: object) => void) => {
        engine.logged.push({
          severity: SEVERITIES[request.getSeverity()] ?? '',
          text: request.getMessage(),
          urn: request.getUrn(),
          isStatus: request.getEphemeral(),
        });
        answer(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      const bound = (error: Error | null, at: number) => (error ? reject(error) : resolve(at));
      engine.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), bound);
    });
    engine.address = `127.0.0.1:${port}`;
    return engine;
  }

  close(): void {
    this.#server.forceShutdown();
  }
}
