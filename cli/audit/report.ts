import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const text = (description: string) => ({ type: 'string', description }) as const;

const FINDING = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'title', 'id', 'account', 'stacks', 'says'],
  properties: {
    kind: {
      enum: ['dangling', 'claimed', 'gone', 'another', 'trouble', 'doubt', 'pending'],
      description:
        'dangling: exists and is in no given stack. claimed: more than one entry of a state has it. gone: a state has it, and it ' +
        'does not exist. another: of the same name, made at another time than the state says. trouble: Stopped or Failed. doubt: ' +
        'its create was cut off, and nobody knows whether it had its effect. pending: a create that was under way when the ' +
        'engine was killed.',
    },
    title: text('The resource, such as `imm.DatasetBinding`.'),
    id: text('Its id; empty for a pending create that a secret names.'),
    account: text('The account; empty where neither state nor service says it.'),
    stacks: {
      type: 'array',
      items: { type: 'string' },
      description: 'The entries of the given stacks that have it: `project/stack: name`.',
    },
    madeAt: text('When the service made it, RFC 3339; absent where it does not say.'),
    says: text('What was found, and what to do.'),
  },
} as const satisfies JSONSchema;

const NOT_SEEN = {
  type: 'object',
  additionalProperties: false,
  required: ['account', 'title', 'place', 'action', 'code', 'says'],
  properties: {
    account: text('The account, or the credentials that led to none.'),
    title: text('What would have been listed; empty for all.'),
    place: text('Region, or region and what it hangs on; empty for all.'),
    action: text('The action that gave no answer, such as `imm:ListBindings`; empty where none was sent.'),
    code: text(
      'The code of the service, or NoReply, Incomplete, NotAsked, NotListed, TooYoung or the name of the error.',
    ),
    says: text('What happened, with its RequestId, and what to do.'),
  },
} as const satisfies JSONSchema;

/** What `audit --json` prints. */
export const auditSchema = {
  title: 'pulumi-alicloud-media audit',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'accounts', 'stacks', 'findings', 'notSeen'],
  properties: {
    version: { const: 1, description: 'Of this shape: a later one only adds to it.' },
    accounts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['account', 'credentials', 'seen'],
        properties: {
          account: text('Its number.'),
          credentials: text('What led to it: a profile, a role, or the default credentials.'),
          seen: { type: 'integer', description: 'How many resources of this package exist in it.' },
        },
      },
    },
    stacks: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['stack', 'from', 'resources'],
        properties: {
          stack: text('`project/stack`.'),
          from: text('Where its state was read.'),
          resources: { type: 'integer', description: 'How many resources of this package it has.' },
        },
      },
    },
    findings: { type: 'array', items: FINDING },
    notSeen: {
      type: 'array',
      items: NOT_SEEN,
      description: 'What was to be listed and was not: nothing is known of what is there.',
    },
  },
} as const satisfies JSONSchema;

export type AuditReport = FromSchema<typeof auditSchema>;
export type Finding = FromSchema<typeof FINDING>;
export type NotSeen = FromSchema<typeof NOT_SEEN>;
