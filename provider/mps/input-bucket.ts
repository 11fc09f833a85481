import type { ResourceDescription } from '../lifecycle/description.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, BUCKET, REGION } from '../lifecycle/shared-properties.js';
import { BOUND_AT, defineRegistration } from './registration.js';

export const description = {
  module: 'mps',
  type: 'InputBucket',
  service: 'mts',
  entry: 'input-bucket',
  summary:
    'Registers an OSS bucket with MPS as a bucket that jobs may read from. MPS is told of uploads to it and starts the workflows that wait for them. A bucket may be registered for input and for output, each by itself.',
  calls: { make: 'BindInputBucket', remove: 'UnbindInputBucket', reads: ['ListAllMediaBucket'] },
  stops: 'MPS has it as an input bucket no longer, and uploads to it start no workflow.',
  replacement: 'it is unregistered before the new one is registered. In between uploads start no workflow.',
  // Neither a bucket nor a project has a colon in its name, so no other id can be read as this one.
  idFormat: '{region}/input:{bucket}',
  idExample: 'cn-shanghai/input:my-bucket',
  args: {
    bucket: { ...BUCKET, description: 'The name of the OSS bucket, in the region of MPS that is used.' },
    region: { ...REGION, description: 'The region of the bucket.', source: 'api-facts.md §3.2' },
    referer: {
      type: 'string',
      replaces: true,
      prose: true,
      matches: /^[!-~]{1,1024}$/,
      rule: 'a referer as it is configured in OSS: 1 to 1024 printable ASCII characters without blanks',
      description:
        'The referer by which MPS passes the hotlink protection of the bucket. Nothing says that it can be changed in place.',
      source: 'api-facts.md §3',
      example: 'https://media.example.com',
    },
    adopt: adoptOf('registration'),
  },
  outputs: { accountId: accountIdOf('registration'), boundAt: BOUND_AT },
  ramActions: [
    { action: 'mts:BindInputBucket', steps: ['create'], resource: '*', source: 'api-facts.md §3' },
    {
      action: 'mts:ListAllMediaBucket',
      steps: ['create', 'read', 'delete', 'audit'],
      where: 'of a delete after an unclear answer',
      resource: '*',
      source: 'api-facts.md §3',
    },
    { action: 'mts:UnbindInputBucket', steps: ['delete'], resource: '*', source: 'api-facts.md §3' },
  ],
} as const satisfies ResourceDescription;

export const inputBucket: Lifecycle = defineRegistration(description, 'Input');
