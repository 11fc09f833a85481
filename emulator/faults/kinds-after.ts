import type { FaultSpec } from './spec.js';

/** The operation is carried out; what goes wrong is its reply. */
export const AFTER_EFFECT = {
  'effect-then-reply-lost': {
    effects: 1,
    reply: 'own',
    delivery: 'reset',
    meaning: 'the connection is reset in place of the reply',
  },
  'effect-then-html-502': {
    effects: 1,
    reply: 'html-502',
    delivery: 'send',
    meaning: '502 with a page of HTML',
  },
  'effect-then-error-500-without-code': {
    effects: 1,
    reply: 'error-500-without-code',
    delivery: 'send',
    meaning: '500 with RequestId and Message and no Code',
  },
  'effect-then-unavailable-503': {
    effects: 1,
    reply: 'unavailable-503',
    delivery: 'send',
    canSayRetryAfter: true,
    meaning: '`ServiceUnavailable`, 503',
  },
  'effect-then-nonce-used': {
    effects: 1,
    reply: 'nonce-used',
    delivery: 'send',
    meaning: '`SignatureNonceUsed`, as when something on the way sent the request twice',
  },
  'effect-then-empty-body': {
    effects: 1,
    reply: 'empty-body',
    delivery: 'send',
    statuses: [503, 200, 500, 502],
    meaning: 'a reply without a body',
  },
  'effect-then-answered': {
    effects: 1,
    reply: 'given',
    delivery: 'send',
    canAnswer: true,
    meaning: 'the reply of the rule, `status` and `body`; without them 500 with a Code that no document has',
  },
  'effect-then-cut-short': {
    effects: 1,
    reply: 'own',
    delivery: 'cut',
    meaning: 'half of the body, then the connection is closed',
  },
  'effect-then-half-json': {
    effects: 1,
    reply: 'half',
    delivery: 'send',
    meaning: 'a whole reply with half of the JSON in it',
  },
  'effect-then-hang': { effects: 1, reply: 'own', delivery: 'hang', meaning: 'never a reply' },
  'effect-twice': {
    effects: 2,
    reply: 'own',
    delivery: 'send',
    meaning: 'carried out twice; what the second time answers is the reply',
  },
  slow: {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    delay: { of: 'reply', default: 1000 },
    meaning: 'carried out at once, answered after `delayMs` of real time',
  },
  'late-effect': {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    delay: { of: 'effect', default: 1000 },
    meaning: 'carried out after `delayMs` of real time, also when the client has gone, then answered',
  },
} satisfies Record<string, FaultSpec>;
