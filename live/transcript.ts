import * as v from 'valibot';
import { isQuestion } from './questions.js';

const question = v.pipe(v.string(), v.check(isQuestion, 'no question of docs/internals/api-facts.md §9'));

/** Everything that may stand in a transcript: what is not listed here is not written. */
const exchange = v.strictObject({
  question,
  /** What was looked for, in our words. */
  probe: v.string(),
  service: v.picklist(['imm', 'mts']),
  action: v.string(),
  /** Names of parameters with placeholders, or numbers. */
  params: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  reply: v.strictObject({
    /** HTTP; 0 where no reply came. */
    status: v.number(),
    code: v.optional(v.string()),
    message: v.optional(v.string()),
    /** The reply with its values replaced by placeholders. */
    body: v.optional(v.record(v.string(), v.unknown())),
  }),
});

export const transcript = v.strictObject({
  /** Only `live` counts as seen live. */
  source: v.picklist(['live', 'emulator']),
  date: v.pipe(v.string(), v.isoDate()),
  version: v.string(),
  region: v.string(),
  answers: v.array(v.strictObject({ question, asked: v.string(), answer: v.string() })),
  exchanges: v.array(exchange),
});

export type Transcript = v.InferOutput<typeof transcript>;
export type Exchange = v.InferOutput<typeof exchange>;
