import { createRequire } from 'node:module';
import type { Severity } from '../../lifecycle/operation.js';
import type { Say } from '../session.js';

interface EngineLog {
  readonly say: Say;
  flush(): Promise<void>;
}

type Send = (severity: Severity, text: string) => Promise<void>;

/** Severities of the engine's protocol. */
const LEVELS: Readonly<Record<Severity, number>> = { debug: 0, info: 1, warning: 2 };

/**
 * Speaks through the engine, whose address is the second argument of the dynamic-provider process: printed lines
 * would show up as output of the runtime.
 */
export function engineLog(): EngineLog {
  let send: Send | undefined;
  let pending: Promise<void>[] = [];
  return {
    say(severity, text) {
      send ??= connect(process.argv[2]) ?? print;
      pending.push(send(severity, text).catch(() => print(severity, text)));
    },
    async flush() {
      const waiting = pending;
      pending = [];
      await Promise.all(waiting);
    },
  };
}

async function print(severity: Severity, text: string): Promise<void> {
  if (severity !== 'debug') console.log(text);
}

function connect(address: string | undefined): Send | undefined {
  if (address === undefined) return undefined;
  try {
    // The protocol and its transport are Pulumi's; the same copies that run this process.
    const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));
    const { EngineClient } = load('./proto/engine_grpc_pb.js');
    const { LogRequest } = load('./proto/engine_pb.js');
    const { credentials } = load('@grpc/grpc-js');
    const client = new EngineClient(address, credentials.createInsecure());
    return (severity, text) =>
      new Promise((resolve, reject) => {
        const request = new LogRequest();
        request.setSeverity(LEVELS[severity]);
        request.setMessage(text);
        client.log(request, { deadline: Date.now() + 5_000 }, (error: unknown) =>
          error ? reject(error) : resolve(),
        );
      });
  } catch {
    return undefined;
  }
}
