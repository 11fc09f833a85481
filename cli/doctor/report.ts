import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { version } from '../../provider/alicloud/sending/package-version.js';
import type { Context } from './context.js';
import { STATUSES, type Status } from './finding.js';
import type { Result } from './run-checks.js';

const COUNT = { type: 'integer', minimum: 0 } as const;

/** What `doctor --json` prints. A reader may rely on it: a field is added, and none is taken away. */
export const doctorSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'The report of pulumi-alicloud-media doctor',
  description: 'For a ticket. Holds no secret, token or signature; a message may name a file of the machine.',
  type: 'object',
  additionalProperties: false,
  required: ['package', 'time', 'program', 'checks', 'counts'],
  properties: {
    package: { type: 'string', description: 'The version of the package that the doctor is of.' },
    time: {
      type: 'string',
      description: 'When it was written, by the clock of the machine: RFC 3339 in UTC.',
    },
    program: {
      type: 'object',
      description: 'What was looked at; null where there is none, or nobody knows which.',
      additionalProperties: false,
      required: ['name', 'runtime', 'stack'],
      properties: {
        name: { type: ['string', 'null'], description: 'The name in Pulumi.yaml.' },
        runtime: { type: ['string', 'null'], description: 'The runtime in Pulumi.yaml.' },
        stack: { type: ['string', 'null'], description: 'The stack whose configuration was read.' },
      },
    },
    checks: {
      type: 'array',
      description: 'Every check, in a fixed order.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'description', 'status', 'says', 'advice'],
        properties: {
          name: { type: 'string', description: 'What the check is called; does not change.' },
          description: { type: 'string', description: 'The question that it answers.' },
          status: {
            enum: STATUSES,
            description:
              'ok; warning: it works, and something is to be done; problem: it does not work; skip: nobody looked.',
          },
          says: { type: 'string', description: 'What was found, or why nobody looked.' },
          advice: {
            type: 'array',
            description: 'What to do, the most likely first; empty where nothing is to be done.',
            items: { type: 'string' },
          },
        },
      },
    },
    counts: {
      type: 'object',
      description: 'How many checks ended with each status.',
      additionalProperties: false,
      required: STATUSES,
      properties: { ok: COUNT, warning: COUNT, problem: COUNT, skip: COUNT },
    },
  },
} as const satisfies JSONSchema;

export type DoctorReport = FromSchema<typeof doctorSchema>;

export function countsOf(results: readonly Result[]): Record<Status, number> {
  const of = (status: Status) => results.filter((result) => result.status === status).length;
  return { ok: of('ok'), warning: of('warning'), problem: of('problem'), skip: of('skip') };
}

export function reportOf({ program, stack }: Context, results: readonly Result[]): DoctorReport {
  return {
    package: version(),
    time: new Date().toISOString(),
    program: {
      name: 'found' in program ? program.found.name : null,
      runtime: 'found' in program ? program.found.runtime : null,
      stack: 'found' in stack ? stack.found.name : null,
    },
    checks: results.map(({ name, description, status, says, advice }) => ({
      name,
      description,
      status,
      says,
      advice: [...advice],
    })),
    counts: countsOf(results),
  };
}
