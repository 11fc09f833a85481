import { imm, mps } from 'pulumi-alicloud-media';

const binding = new imm.DatasetBinding('videos', {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://media-originals',
});

const renditions = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });
const thumbnails = new mps.OutputBucket('thumbnails', { bucket: 'media-thumbnails' });

export const bindingStatus = binding.status;
export const outputBuckets = [renditions.bucket, thumbnails.bucket];
