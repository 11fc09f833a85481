import { imm, mps } from 'pulumi-alicloud-media-plugin';

const binding = new imm.DatasetBinding(
  'videos',
  { projectName: 'media', datasetName: 'videos', uri: 'oss://media-originals' },
  // The engine hands it to the plugin; a change of it is no update.
  { customTimeouts: { create: '20m' } },
);

const renditions = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });
const thumbnails = new mps.OutputBucket('thumbnails', { bucket: 'media-thumbnails' });

export const bindingStatus = binding.status;
export const outputBuckets = [renditions.bucket, thumbnails.bucket];
// Asked once the binding is there: by its id.
export const phase = imm.getDatasetBindingOutput(
  {
    projectName: binding.projectName,
    datasetName: binding.datasetName,
    uri: binding.uri,
  },
  { dependsOn: [binding] },
).phase;
