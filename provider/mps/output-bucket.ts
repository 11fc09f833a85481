import type { ResourceDescription } from '../lifecycle/description.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, BUCKET, REGION } from '../lifecycle/shared-properties.js';
import { BOUND_AT, defineRegistration } from './registration.js';

export const description = {
  module: 'mps',
  type: 'OutputBucket',
  service: 'mts',
  entry: 'output-bucket',
  summary:
    'Registers an OSS bucket with MPS as a bucket that jobs may write to. Registering moves and bills nothing; what jobs wrote stays in the bucket when it is unregistered.',
  calls: { make: 'BindOutputBucket', remove: 'UnbindOutputBucket', reads: ['ListAllMediaBucket'] },
  stops: 'MPS has it as an output bucket no longer.',
  replacement:
    'it is unregistered before the new one is registered. In between MPS has neither as an output bucket.',
  idFormat: '{region}/{bucket}',
  idExample: 'cn-shanghai/my-bucket',
  args: {
    bucket: { ...BUCKET, description: 'The name of the OSS bucket, in the region of MPS that is used.' },
    region: { ...REGION, description: 'The region of the bucket.', source: 'api-facts.md §3.2' },
    adopt: adoptOf('registration'),
  },
  outputs: {
    accountId: accountIdOf('registration'),
    boundAt: BOUND_AT,
  },
  ramActions: [
    { action: 'mts:BindOutputBucket', steps: ['create'], resource: '*', source: 'api-facts.md §3' },
    {
      action: 'mts:ListAllMediaBucket',
      steps: ['create', 'read', 'delete', 'audit'],
      where: 'of a delete after an unclear answer',
      resource: '*',
      source: 'api-facts.md §3',
    },
    { action: 'mts:UnbindOutputBucket', steps: ['delete'], resource: '*', source: 'api-facts.md §3' },
  ],
} as const satisfies ResourceDescription;

export const outputBucket: Lifecycle = defineRegistration(description, 'Output');
