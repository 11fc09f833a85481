import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const text = (description: string) => ({ type: 'string', description }) as const;

const CREATE = {
  type: 'object',
  additionalProperties: false,
  required: ['stack', 'name', 'title', 'id', 'is', 'says'],
  properties: {
    stack: text('`project/stack` whose state has it as pending.'),
    name: text('Of the resource in the program.'),
    title: text('The resource, such as `imm.DatasetBinding`.'),
    id: text('Its id; empty where a secret names it.'),
    is: {
      enum: ['ours', 'missing', 'owned', 'contradicted', 'unknown'],
      description:
        'ours: it exists, no given stack has it, and nothing contradicts that the killed run made it. missing: it does not exist. ' +
        'owned: a given stack has it. contradicted: it exists, and was made at a time at which the killed run cannot have made it. ' +
        'unknown: nobody could tell.',
    },
    madeAt: text('When the service made what exists, RFC 3339; absent where it does not say.'),
    notBefore: text(
      'When the killed run can have made it at the earliest, RFC 3339; absent where the state does not say.',
    ),
    notAfter: text('And at the latest.'),
    says: text('What was compared, and what to do.'),
  },
} as const satisfies JSONSchema;

/** What `recover --json` prints. */
export const recoverSchema = {
  title: 'pulumi-alicloud-media recover',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'creates', 'adopt'],
  properties: {
    version: { const: 1, description: 'Of this shape: a later one only adds to it.' },
    creates: {
      type: 'array',
      items: CREATE,
      description: 'Each create of ours that a killed run left pending.',
    },
    adopt: {
      type: 'array',
      items: { type: 'string' },
      description: 'What ALICLOUD_MEDIA_ADOPT is to hold in the next `pulumi up`.',
    },
  },
} as const satisfies JSONSchema;

export type RecoverReport = FromSchema<typeof recoverSchema>;
export type Create = FromSchema<typeof CREATE>;
