import type { FaultSpec } from './spec.js';

/** The reply is as always; what reads show afterwards is not. These times are the emulator's clock. */
export const STATE_FAULTS = {
  'stale-reads': {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    changes: 'reads',
    delay: { of: 'state', default: 1000 },
    actions: [
      'CreateBinding',
      'DeleteBinding',
      'BindOutputBucket',
      'UnbindOutputBucket',
      'BindInputBucket',
      'UnbindInputBucket',
      'CreateProject',
      'DeleteProject',
      'CreateDataset',
      'DeleteDataset',
      'AttachOSSBucket',
      'DetachOSSBucket',
    ],
    meaning: 'for `delayMs` reads and listings show the link as it was before this write',
  },
  'stuck-ready': {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    changes: 'Ready',
    delay: { of: 'state', default: Number.POSITIVE_INFINITY },
    actions: ['CreateBinding'],
    meaning: 'the binding stays `Ready` for `delayMs`, then it is `Running`',
  },
  // No document names a state Deleting (api-facts.md §2.2); whether the service shows one is UNKNOWN.
  'stuck-deleting': {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    changes: 'Deleting',
    delay: { of: 'state', default: Number.POSITIVE_INFINITY },
    actions: ['DeleteBinding'],
    meaning:
      'reads show `Deleting` for `delayMs`, a state that is not documented; another CreateBinding or DeleteBinding gives StatusConflict',
  },
  'binding-failed': {
    effects: 1,
    reply: 'own',
    delivery: 'send',
    changes: 'Failed',
    delay: { of: 'state', default: 'runningAfter' },
    actions: ['CreateBinding'],
    meaning: 'the binding is `Ready` for `delayMs`, then `Failed` with a Reason',
  },
} satisfies Record<string, FaultSpec>;
