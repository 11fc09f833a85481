import type { ApiError } from '../api-error.js';
import type { ApiRequest } from './api-request.js';

export interface Reply {
  readonly status: number;
  /** '' on success. */
  readonly code: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** RequestId first: every reply carries one (api-facts.md §2 and §3). */
export function successReply(request: ApiRequest, result: Readonly<Record<string, unknown>>): Reply {
  return json(200, '', { RequestId: request.requestId, ...result });
}

/** IMM: RequestId, HostId, Code, Message, Recommend (api-facts.md §2.5). MTS: RequestId, Code, Message (§3.1). */
export function errorReply(request: ApiRequest, error: ApiError): Reply {
  const { status, code, message } = error;
  const short = { RequestId: request.requestId, Code: code, Message: message };
  if (request.service === 'mts') return json(status, code, short);
  const recommend = `An emulated error: see ${code} in the error codes of the service.`;
  return json(status, code, {
    RequestId: request.requestId,
    HostId: request.host,
    Code: code,
    Message: message,
    Recommend: recommend,
  });
}

/** A number that JavaScript cannot hold is kept as its digits behind this mark (imm/parameters.ts). */
const EXACT = /"\uE000(\d+)"/g;

function json(status: number, code: string, body: Readonly<Record<string, unknown>>): Reply {
  return {
    status,
    code,
    contentType: 'application/json;charset=utf-8',
    body: JSON.stringify(body).replace(EXACT, '$1'),
  };
}
