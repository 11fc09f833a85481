import { ApiError } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import { denied } from '../pipeline/authorise.js';
import { errorReply, type Reply } from '../pipeline/reply.js';
import { THROTTLED } from '../pipeline/throttle.js';
import { nonceUsed, timestampExpired, tokenExpired } from '../signature/verify.js';
import type { World } from '../world.js';
import type { Fault } from './fault.js';
import type { Strike } from './rules.js';

/** What a proxy in front of the service answers: no JSON at all (api-facts.md §5, Non-JSON). */
const BAD_GATEWAY: Reply = {
  status: 502,
  code: 'html-502',
  contentType: 'text/html',
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};

export const NO_REPLY: Reply = { status: 0, code: 'no-reply', contentType: '', body: '' };

/** What is sent. `own` is what the operation answered, or NO_REPLY. */
export function struckReply({ fault, spec }: Strike, own: Reply, request: ApiRequest, world: World): Reply {
  const status = fault.status ?? spec.statuses?.[0] ?? 503;
  const error = (apiError: ApiError) => withRetryAfter(errorReply(request, apiError), fault);
  switch (spec.reply) {
    case 'own':
      return own;
    case 'half':
      return { ...own, body: own.body.slice(0, own.body.length >> 1) };
    case 'none':
      return { ...NO_REPLY, code: fault.kind };
    case 'throttled':
      return error(new ApiError(status, 'Throttling.User', THROTTLED));
    case 'denied':
      return error(denied(world, `${request.service}:${request.action}`));
    case 'expired':
      return error(tokenExpired());
    case 'clock-skew':
      return error(timestampExpired());
    case 'nonce-used':
      return error(nonceUsed());
    case 'unavailable-503':
      return error(
        new ApiError(503, 'ServiceUnavailable', 'The request has failed due to a temporary failure.'),
      );
    case 'error-500-without-code': {
      const body = { RequestId: request.requestId, Message: 'unknown internal error' };
      const contentType = 'application/json;charset=utf-8';
      return { status: 500, code: fault.kind, contentType, body: JSON.stringify(body) };
    }
    case 'html-502':
      return BAD_GATEWAY;
    case 'given': {
      const { status: given = 500, body = '{"Code":"InternalServerError"}' } = fault;
      return { status: given, code: fault.kind, contentType: 'application/json;charset=utf-8', body };
    }
    case 'empty-body':
      return { status, code: fault.kind, contentType: 'text/plain', body: '' };
  }
}

/** openapi-core reads x-acs-retry-after as milliseconds (api-facts.md §4); proxies say retry-after in seconds. */
function withRetryAfter(reply: Reply, { retryAfterMs }: Fault): Reply {
  if (retryAfterMs === undefined) return reply;
  const headers = {
    'x-acs-retry-after': String(Math.round(retryAfterMs)),
    'retry-after': String(Math.ceil(retryAfterMs / 1000)),
  };
  return { ...reply, headers };
}
