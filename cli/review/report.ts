import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const;

const findingSchema = {
  type: 'object',
  description: 'A resource of this package that the run deletes or replaces.',
  additionalProperties: false,
  required: [
    'change',
    'title',
    'id',
    'newId',
    'name',
    'urn',
    'host',
    'account',
    'region',
    'effect',
    'because',
    'isProtected',
    'isRetained',
    'isEmptied',
    'deletedWith',
    'renamedTo',
    'isAllowed',
  ],
  properties: {
    change: {
      enum: ['delete', 'replace'],
      description: 'A replacement is one, however many steps it takes.',
    },
    title: { type: 'string', description: 'What it is: `imm.DatasetBinding`.' },
    id: {
      type: ['string', 'null'],
      description:
        'The link, with `[secret]` where the program makes a name in it a secret. Null where it is not said: a plan never says it.',
    },
    newId: {
      type: ['string', 'null'],
      description: 'The link after a replacement; null of a delete, and where it is not known yet.',
    },
    name: { type: 'string', description: 'Its name in the program.' },
    urn: { type: 'string' },
    host: {
      enum: ['dynamic', 'plugin'],
      description: 'Whether a dynamic resource or the provider plugin has it.',
    },
    account: {
      type: ['string', 'null'],
      description: 'The account that the state has it in; null where it is not said.',
    },
    region: { type: ['string', 'null'] },
    effect: { type: 'string', description: 'What is over then, or what the replacement means.' },
    because: {
      type: 'array',
      items: { type: 'string' },
      description: 'The arguments whose change makes the replacement; empty of a delete.',
    },
    isProtected: {
      type: ['boolean', 'null'],
      description: 'Pulumi refuses to delete it. Null in a plan, which does not say it.',
    },
    isRetained: {
      type: ['boolean', 'null'],
      description:
        '`retainOnDelete`: the link stays, without a stack. Null in a plan, which does not say it.',
    },
    isEmptied: { type: 'boolean', description: '`forceDestroy`: what it holds is removed with it.' },
    deletedWith: {
      type: ['object', 'null'],
      description: 'The resource that its option `deletedWith` names.',
      additionalProperties: false,
      required: ['urn', 'isDeleted'],
      properties: {
        urn: { type: 'string' },
        isDeleted: {
          type: 'boolean',
          description: 'This run deletes that one, and so sends no delete of its own.',
        },
      },
    },
    renamedTo: {
      type: ['object', 'null'],
      description: 'Another resource that is to have the same link: a rename, which needs no delete.',
      additionalProperties: false,
      required: ['urn', 'isSameProvider'],
      properties: {
        urn: { type: 'string' },
        isSameProvider: {
          type: 'boolean',
          description: 'Both are of one provider, and so of one account.',
        },
      },
    },
    isAllowed: { type: 'boolean', description: '`--allow` names it, so that it is not counted.' },
  },
} as const satisfies JSONSchema;

/** What `review --json` prints. */
export const reviewSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'pulumi-alicloud-media review',
  description: 'What a preview deletes or replaces of pulumi-alicloud-media.',
  type: 'object',
  additionalProperties: false,
  required: [
    'version',
    'source',
    'stack',
    'exit',
    'counts',
    'limits',
    'exceeded',
    'doubts',
    'findings',
    'others',
    'unmatched',
  ],
  properties: {
    version: { const: 1, description: 'Rises when a reader of this would have to change.' },
    source: { enum: ['preview', 'plan'], description: 'What was read.' },
    stack: { type: ['string', 'null'], description: '`project/stack`; null of a preview without a step.' },
    exit: {
      enum: [0, 1, 2],
      description: 'The exit code: 0 clean, 1 found, 2 none was found and yet it cannot be called clean.',
    },
    counts: {
      type: 'object',
      additionalProperties: false,
      required: ['deletes', 'replacements', 'allowed'],
      properties: {
        deletes: count('Deletes of this package that no line of `--allow` names.'),
        replacements: count('Replacements of this package that no line of `--allow` names.'),
        allowed: count('Deletes and replacements that `--allow` names.'),
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      required: ['maxDeletes', 'noReplace'],
      properties: {
        maxDeletes: {
          type: ['integer', 'null'],
          minimum: 0,
          description: '`--max-deletes`, if it was given.',
        },
        noReplace: { type: 'boolean', description: '`--no-replace`' },
      },
    },
    exceeded: {
      type: 'array',
      items: { enum: ['any', 'maxDeletes', 'noReplace'] },
      description: 'What makes the exit code 1; `any` where no limit was given.',
    },
    doubts: {
      type: 'array',
      items: { enum: ['failed', 'unknownOperation'] },
      description:
        'Why it cannot be called clean: the preview failed, so that steps may be missing, or does something to a resource of this package that this version does not know.',
    },
    findings: {
      type: 'array',
      items: findingSchema,
      description: 'Deletes, then replacements, each by title and id.',
    },
    others: {
      type: 'object',
      description: 'Everything else, counted by resources.',
      additionalProperties: false,
      required: ['create', 'import', 'update', 'delete', 'replace', 'same', 'read', 'more'],
      properties: {
        create: count('Also those of this package.'),
        import: count('Also those of this package.'),
        update: count('Also those of this package.'),
        delete: count('Of other packages.'),
        replace: count('Of other packages.'),
        same: count('Unchanged.'),
        read: count('Read or refreshed, or read no more.'),
        more: {
          type: 'array',
          description: 'Operations of any other name; each counts as a change.',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['op', 'count'],
            properties: { op: { type: 'string' }, count: count('How many resources.') },
          },
        },
      },
    },
    unmatched: {
      type: 'array',
      items: { type: 'string' },
      description: 'Lines of `--allow` that name nothing that is deleted or replaced.',
    },
  },
} as const satisfies JSONSchema;

export type Report = FromSchema<typeof reviewSchema>;
export type Finding = FromSchema<typeof findingSchema>;
