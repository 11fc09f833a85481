import { mps } from 'pulumi-alicloud-media';

// The binding and one bucket are gone from the program; `pulumi up` removes both links.
const renditions = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });

export const outputBuckets = [renditions.bucket];
