import { choice, milliseconds } from './switch-kinds.js';

export const IMM_SWITCHES = {
  createExistingBinding: choice(['ResourceAlreadyExists', 'returns-existing'], {
    // The error is the least favourable: a create that is repeated after a lost reply meets it.
    default: 'ResourceAlreadyExists',
    source: 'api-facts.md §9 question 1, §2.2',
    meaning: 'CreateBinding on a pair that is bound',
  }),
  deleteMissingBinding: choice(['ResourceNotFound', 'success'], {
    default: 'ResourceNotFound',
    source: 'api-facts.md §9 question 1, §2.2',
    meaning: 'DeleteBinding on a pair that is not bound',
  }),
  getDeletedBinding: choice(['Deleted', 'Deleted-then-ResourceNotFound', 'ResourceNotFound'], {
    // Deleted for ever: who waits for an error waits for ever, who reads any reply as present is wrong.
    default: 'Deleted',
    source: 'api-facts.md §9 question 1, §2.2',
    meaning:
      'GetBinding and ListBindings after DeleteBinding: State=Deleted for ever, for deletedStateMs, or not at all',
  }),
  deletedStateMs: milliseconds([500], {
    default: 500,
    source: 'api-facts.md §9 question 1',
    meaning: 'how long getDeletedBinding=Deleted-then-ResourceNotFound answers State=Deleted',
  }),
  recreateWaitMs: milliseconds([200, 0], {
    // Not 0, so that every replacement meets the conflict; short, so that it costs a test little.
    default: 200,
    source: 'api-facts.md §9 question 1',
    meaning: 'CreateBinding answers StatusConflict for so long after the same pair was deleted',
  }),
  notFoundWord: choice(['none', 'Dataset', 'Binding'], {
    // No word at all: nothing can be concluded from the message.
    default: 'none',
    source: 'api-facts.md §9 question 2, §2.5',
    meaning:
      'the {ResourceType} in the message of ResourceNotFound for a missing binding; "none" drops it for projects and datasets as well',
  }),
  bucketInSeveralDatasets: choice(['ResourceAlreadyExists', 'InvalidArgument', 'allowed'], {
    // The code is the one of an existing pair, but the pair does not exist: not to be mistaken for it.
    default: 'ResourceAlreadyExists',
    source: 'api-facts.md §2.2, UNKNOWN line',
    meaning: 'CreateBinding of a bucket that is bound to another dataset of the same account and region',
  }),
  createBindingMissingBucket: choice(['Failed', 'InvalidArgument', 'ResourceNotFound'], {
    default: 'Failed',
    source: 'api-facts.md §2.1 (bucket in the same region), §2.2 (Failed); the answer is UNKNOWN',
    meaning: 'CreateBinding of a bucket declared missing: a binding that becomes Failed, or an error',
  }),
  createReplyTimeOffMs: milliseconds([0, 1_000], {
    // A second: who knows a binding again by the very text of its time takes its own for somebody else's.
    default: 1_000,
    source: 'api-facts.md §9 question 1, §2.2',
    meaning: 'how much earlier the CreateTime in the reply of CreateBinding is than that of later reads',
  }),
  bindingVisibleAfterMs: milliseconds([0, 300], {
    default: 0,
    source: 'api-facts.md §9 question 1',
    meaning: 'GetBinding and ListBindings show creates and deletes only so long after they were answered',
  }),
  listBindingsOfProject: choice(['all', 'none', 'InvalidArgument', 'ResourceNotFound'], {
    // What the sources hint at. Deletes ask so where it saves requests, and go on without it.
    default: 'all',
    source: 'api-facts.md §2.1',
    meaning:
      'ListBindings without a DatasetName: the bindings of all datasets of the project, of none, or an error',
  }),
  deleteDatasetWithBindings: choice(['DatasetNotEmpty', 'StatusConflict'], {
    // A code nobody documents: who only waits out StatusConflict gives up.
    default: 'DatasetNotEmpty',
    source: 'api-facts.md §9 question 6',
    meaning: 'DeleteDataset while bindings are left (DatasetNotEmpty stands for a code not documented)',
  }),
  immThrottlingCode: choice(
    ['ServiceUnavailable', 'Throttling.User', 'Throttling', 'Throttling.Api', 'Rejected.Throttling'],
    {
      // The only one that does not say Throttling.
      default: 'ServiceUnavailable',
      source: 'api-facts.md §9 question 5, §4',
      meaning: 'the code of IMM above its limit; ServiceUnavailable is always HTTP 503',
    },
  ),
  throttlingStatus: choice([400, 503], {
    default: 400,
    source: 'api-facts.md §4, §9 question 5',
    meaning: 'the HTTP status of a reply with a Throttling code',
  }),
  denialCode: choice(['AccessDenied', 'Forbidden.RAM', 'NoPermission', 'Forbidden'], {
    default: 'AccessDenied',
    source: 'api-facts.md §9 question 5, §4',
    meaning: 'the code (HTTP 403) of an action RAM denies',
  }),
};
