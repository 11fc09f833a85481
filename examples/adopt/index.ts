import { imm, mps } from 'pulumi-alicloud-media';

// Registered by hand, and no other stack has it: the argument takes it over. It may stay in the program.
const renditions = new mps.OutputBucket('renditions', { bucket: 'media-renditions', adopt: true });

// Bound by hand too. Here ALICLOUD_MEDIA_ADOPT names it, for the one run that takes it over.
const videos = new imm.DatasetBinding('videos', {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://media-originals',
});

export const taken = [videos.id, renditions.id];
