/** The questions of docs/internals/api-facts.md §9, one answer each, and three of its §2; the number is the one there. */
export const QUESTIONS = {
  '1a': 'CreateBinding of a pair that is bound',
  '1b': 'DeleteBinding of a pair that is not bound',
  '1c': 'GetBinding right after DeleteBinding',
  '1d': 'how long CreateBinding is refused after DeleteBinding',
  '1e': 'whether the CreateTime in the reply of CreateBinding is the one that GetBinding shows',
  '2a': 'the words of GetBinding in a missing project',
  '2b': 'the words of GetBinding in a missing dataset',
  '2c': 'the words of GetBinding of a missing binding',
  '3a': 'UnbindOutputBucket of a bucket that is not registered',
  '3b': 'BindOutputBucket of a bucket that is registered',
  '3c': 'BindOutputBucket of a bucket that does not exist',
  '3d': 'BindOutputBucket of a bucket in another region',
  '4a': 'whether ListAllMediaBucket goes beyond 100 rows',
  '4b': 'whether NextPageToken is the same when the same page is asked for twice',
  '4c': 'how long ListAllMediaBucket takes to show BindOutputBucket',
  '4d': 'how long ListAllMediaBucket takes to show UnbindOutputBucket',
  '5a': 'what IMM answers to a user without permission',
  '5b': 'what MPS answers to a user without permission',
  '5c': 'what IMM answers above its limit',
  '5d': 'what MPS answers above its limit',
  '6a': 'DeleteDataset while a binding is left',
  '6b': 'DeleteDataset while an index entry is left',
  '2.1': 'which bindings ListBindings without a DatasetName shows',
  '2.2a': 'how long a new binding takes to be Running',
  '2.2b': 'CreateBinding of a bucket that is bound to another dataset',
} as const;

export type Question = keyof typeof QUESTIONS;

export function isQuestion(text: string): text is Question {
  return Object.hasOwn(QUESTIONS, text);
}
