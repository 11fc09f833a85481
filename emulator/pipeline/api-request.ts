import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '../state/records.js';

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  /** Query and form body apart, as the ACS3 signature needs them. */
  readonly query: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Query and form body together. */
  readonly params: ReadonlyMap<string, string>;
  readonly connection: number;
}

export type Service = 'imm' | 'mts' | 'sts';

/** A request that is known to be for one service, or for none (''). */
export interface ApiRequest extends Received {
  readonly service: Service | '';
  readonly version: string;
  readonly action: string;
  readonly region: string;
  readonly link: string;
  readonly requestId: string;
  /** What a fault makes of the binding. */
  readonly outcome?: Outcome;
}

/** Who signed. */
export interface Caller {
  readonly accessKeyId: string;
  readonly account: string;
  readonly role: string;
  readonly session: string;
}

export const ANONYMOUS: Caller = { accessKeyId: '', account: '', role: '', session: '' };
