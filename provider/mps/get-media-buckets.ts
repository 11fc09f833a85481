import { defineFunction, type MediaFunction } from '../lifecycle/define-function.js';
import type { FunctionDescription } from '../lifecycle/description.js';
import { moment } from '../lifecycle/evidence.js';
import { REGION } from '../lifecycle/shared-properties.js';
import { listedBuckets } from './media-buckets.js';

export const description = {
  module: 'mps',
  name: 'getMediaBuckets',
  service: 'mts',
  entry: 'get-media-buckets',
  summary:
    'Lists the OSS buckets that are registered with MPS in a region, for input and for output, all pages of them.',
  subject: 'the media buckets',
  idFormat: 'of {region}',
  args: {
    region: { ...REGION, description: 'The region of MPS.', source: 'api-facts.md §3.2' },
  },
  outputs: {
    buckets: {
      type: 'rows',
      description:
        'Each registration that is listed, also those of other stacks and of nobody. A bucket that is registered for input and for output is there twice.',
      fields: {
        bucket: { type: 'string', description: 'The name of the OSS bucket.' },
        type: { type: 'string', description: '`Input` or `Output`.' },
        referer: { type: 'string', optional: true, description: 'Of an input bucket, where it has one.' },
      },
    },
    mayBeCut: {
      type: 'boolean',
      description:
        'Whether there may be more than are listed: whether the listing of the service ends after 100 rows is not known. What `buckets` holds is registered all the same.',
    },
  },
  ramActions: [{ action: 'mts:ListAllMediaBucket', when: 'always', resource: '*' }],
} as const satisfies FunctionDescription;

export const getMediaBuckets: MediaFunction = defineFunction(description, async ({ region }, operation) => {
  // Who asks may have seen a write of another process just before.
  const { rows, complete } = await listedBuckets(operation, region, moment());
  const buckets = [...rows.values()].map(({ bucket, direction, referer }) => ({
    bucket,
    type: direction,
    ...(referer !== undefined && { referer }),
  }));
  return { buckets, mayBeCut: !complete };
});
