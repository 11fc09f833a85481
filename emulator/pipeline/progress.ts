import type { Strike } from '../faults/rules.js';
import { type JournalEntry, recordedParams } from '../journal.js';
import type { ApiRequest, Caller } from './api-request.js';
import type { Reply } from './reply.js';

/** How far a request has come. */
export interface Progress {
  request: ApiRequest;
  readonly time: number;
  caller: Caller;
  strike: Strike | undefined;
  /** How often its operation was carried out. */
  effects: number;
}

/** The entry of the journal, as far as it is known. */
export function entryOf(progress: Progress, own?: Reply, sent = 0): JournalEntry {
  const { request, caller, strike } = progress;
  return {
    sequence: 0,
    time: progress.time,
    took: 0,
    service: request.service,
    version: request.version,
    action: request.action,
    account: caller.account,
    region: request.region,
    link: request.link,
    params: recordedParams(request.params),
    status: own?.status ?? 0,
    code: own?.code ?? '',
    requestId: request.requestId,
    connection: request.connection,
    userAgent: request.headers['user-agent'] ?? '',
    method: request.method,
    fault: strike?.fault.kind ?? '',
    faultRule: strike?.rule ?? 0,
    effects: progress.effects,
    sent,
  };
}
