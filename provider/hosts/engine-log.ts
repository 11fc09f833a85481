import type { Severity } from '../lifecycle/operation.js';
import type * as Protocol from './protocol.js';

export interface EngineLog {
  /** `urn` puts the text beside its resource. A status is shown only there, and only while it lasts. */
  say(severity: Severity, text: string, urn?: string): void;
  flush(): Promise<void>;
}

type Send = (severity: Severity, text: string, urn: string | undefined) => Promise<void>;

/** Severities of the engine's protocol. */
const LEVELS: Readonly<Record<Severity, 0 | 1 | 2>> = { debug: 0, info: 1, warning: 2, status: 1 };

/**
 * Speaks through the engine at the address that `addressOf` gives once something is said: printed lines would show up
 * as output of the runtime.
 */
export function engineLog(addressOf: () => string | undefined): EngineLog {
  let send: Send = print;
  let connectedTo: string | undefined;
  let pending: Promise<void>[] = [];
  return {
    say(severity, text, urn) {
      if (severity === 'status' && urn === undefined) return;
      const address = addressOf();
      // A plugin under a debugger outlives the engine, and is attached to the next one.
      if (address !== connectedTo) send = connect(address) ?? print;
      connectedTo = address;
      pending.push(send(severity, text, urn).catch(() => print(severity, text)));
    },
    async flush() {
      const waiting = pending;
      pending = [];
      await Promise.all(waiting);
    },
  };
}

async function print(severity: Severity, text: string): Promise<void> {
  if (severity !== 'debug' && severity !== 'status') console.log(text);
}

function connect(address: string | undefined): Send | undefined {
  if (address === undefined) return undefined;
  try {
    // Loaded only now: most runs have nothing to say before their first result.
    const { engineProtocol, grpc } = require('./protocol.js') as typeof Protocol;
    const { EngineClient, LogRequest } = engineProtocol();
    // The engine is on this machine, and a proxy of the environment has no way back to it.
    const client = new EngineClient(address, grpc.credentials.createInsecure(), {
      'grpc.enable_http_proxy': 0,
    });
    return (severity, text, urn) =>
      new Promise((resolve, reject) => {
        const request = new LogRequest();
        request.setSeverity(LEVELS[severity]);
        request.setMessage(text);
        if (urn !== undefined) request.setUrn(urn);
        request.setEphemeral(severity === 'status');
        const deadline = Date.now() + 5_000;
        client.log(request, new grpc.Metadata(), { deadline }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
  } catch {
    return undefined;
  }
}
