import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.js';
import type { ApiRequest } from './pipeline/api-request.js';
import { denied } from './pipeline/authorise.js';
import { errorReply, type Reply } from './pipeline/reply.js';
import { throttled } from './pipeline/throttle.js';
import type { World } from './world.js';

/** What can go wrong. The first group happens before the effect, which is then not done; the second after it. */
export const FAULT_KINDS = [
  'throttled',
  'denied',
  'error-500-without-code',
  'html-502',
  'unavailable-503',
  'empty-body',
  'reset-before-effect',
  'effect-then-reply-lost',
  'effect-then-html-502',
  'effect-then-cut-short',
  'effect-then-hang',
  'slow',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** All actions when absent. */
  readonly action?: string | undefined;
  /** A part of the link of the journal; all when absent. */
  readonly linkContains?: string | undefined;
  /** How often; for ever when absent. */
  readonly times?: number | undefined;
  /** For `slow`: milliseconds before the reply. */
  readonly delayMs?: number | undefined;
}

/** How a reply goes out: as it is, half of it, not at all with the connection closed, or not at all and open. */
export interface Delivery {
  readonly how: 'send' | 'cut' | 'reset' | 'hang';
  readonly reply: Reply;
  readonly requestId: string;
}

interface Rule {
  readonly fault: Fault;
  left: number;
}

/** The two places where a request can be disturbed: before its effect and around its reply. */
export class Faults {
  #rules: Rule[] = [];

  add(fault: Fault): void {
    this.#rules.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The first rule that fits; it is used up by one. */
  pick(request: ApiRequest): Fault | undefined {
    const rule = this.#rules.find(({ fault, left }) => left > 0 && fits(fault, request));
    if (rule) rule.left -= 1;
    return rule?.fault;
  }

  /** A reply in place of the effect, or undefined for the effect to be done. */
  async beforeEffect(
    fault: Fault | undefined,
    request: ApiRequest,
    world: World,
  ): Promise<Reply | undefined> {
    switch (fault?.kind) {
      case 'throttled':
        throw throttled(world, request.service);
      case 'denied':
        throw denied(world, `${request.service}:${request.action}`);
      case 'unavailable-503':
        throw new ApiError(503, 'ServiceUnavailable', 'The request has failed due to a temporary failure.');
      case 'error-500-without-code': {
        const body = { RequestId: request.requestId, Message: 'unknown internal error' };
        const reply = errorReply(request, new ApiError(500, 'InternalError', body.Message));
        return { ...reply, body: JSON.stringify(body) };
      }
      case 'html-502':
        return BAD_GATEWAY;
      case 'empty-body':
      case 'reset-before-effect':
        return { status: 503, code: fault.kind, contentType: 'text/plain', body: '' };
      default:
        return undefined;
    }
  }

  /** The reply is known, and in the journal; what of it reaches the client is decided here. */
  async aroundReply(fault: Fault | undefined, reply: Reply, request: ApiRequest): Promise<Delivery> {
    const requestId = request.requestId;
    switch (fault?.kind) {
      case 'reset-before-effect':
      case 'effect-then-reply-lost':
        return { how: 'reset', reply, requestId };
      case 'effect-then-html-502':
        return { how: 'send', reply: BAD_GATEWAY, requestId };
      case 'effect-then-cut-short':
        return { how: 'cut', reply, requestId };
      case 'effect-then-hang':
        return { how: 'hang', reply, requestId };
      case 'slow':
        await sleep(fault.delayMs ?? 1000, undefined, { ref: false });
        return { how: 'send', reply, requestId };
      default:
        return { how: 'send', reply, requestId };
    }
  }
}

/** What a proxy in front of the service answers: no JSON at all (api-facts.md §5, Non-JSON). */
const BAD_GATEWAY: Reply = {
  status: 502,
  code: 'html-502',
  contentType: 'text/html',
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};

function fits(fault: Fault, request: ApiRequest): boolean {
  return (
    (fault.action === undefined || fault.action === request.action) &&
    (fault.linkContains === undefined || request.link.includes(fault.linkContains))
  );
}
