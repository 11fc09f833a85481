import type { FaultSpec } from './spec.js';

/** The operation is not carried out. Codes: api-facts.md §4; what a client makes of the rest: §5. */
export const BEFORE_EFFECT = {
  throttled: {
    effects: 0,
    reply: 'throttled',
    delivery: 'send',
    statuses: [400, 503, 429],
    canSayRetryAfter: true,
    meaning: '`Throttling.User`',
  },
  denied: { effects: 0, reply: 'denied', delivery: 'send', meaning: 'the code of the switch `denialCode`' },
  expired: {
    effects: 0,
    reply: 'expired',
    delivery: 'send',
    changes: 'credential',
    meaning: '`InvalidSecurityToken.Expired`; a temporary credential is expired from then on',
  },
  'clock-skew': {
    effects: 0,
    reply: 'clock-skew',
    delivery: 'send',
    meaning: '`InvalidTimeStamp.Expired`, whatever the time stamp',
  },
  'nonce-used': {
    effects: 0,
    reply: 'nonce-used',
    delivery: 'send',
    meaning: '`SignatureNonceUsed`, whatever the nonce',
  },
  'error-500-without-code': {
    effects: 0,
    reply: 'error-500-without-code',
    delivery: 'send',
    meaning: '500 with RequestId and Message and no Code',
  },
  'unavailable-503': {
    effects: 0,
    reply: 'unavailable-503',
    delivery: 'send',
    canSayRetryAfter: true,
    meaning: '`ServiceUnavailable`, 503',
  },
  'html-502': { effects: 0, reply: 'html-502', delivery: 'send', meaning: '502 with a page of HTML' },
  'empty-body': {
    effects: 0,
    reply: 'empty-body',
    delivery: 'send',
    statuses: [503, 200, 500, 502],
    meaning: 'a reply without a body',
  },
  answered: {
    effects: 0,
    reply: 'given',
    delivery: 'send',
    canAnswer: true,
    meaning: 'the reply of the rule, `status` and `body`; without them 500 with a Code that no document has',
  },
  'reset-before-effect': {
    effects: 0,
    reply: 'none',
    delivery: 'reset',
    meaning: 'the connection is reset in place of the request',
  },
  hang: { effects: 0, reply: 'none', delivery: 'hang', meaning: 'no effect and never a reply' },
} satisfies Record<string, FaultSpec>;
