import * as pulumi from '@pulumi/pulumi';
import { imm } from 'pulumi-alicloud-media';
import { Bucket } from './stand-ins';

const config = new pulumi.Config();

// With @pulumi/alicloud:
//   new alicloud.oss.Bucket('originals', { bucket: 'media-originals', storageClass }, { deleteBeforeReplace: true });
// and `bucket.bucket` instead of `bucket.name` below.
const bucket = new Bucket('originals', {
  name: 'media-originals',
  storageClass: config.get('storageClass') ?? 'Standard',
});

const library = new imm.Project('library', { projectName: 'media-library' });
const videos = new imm.Dataset('videos', { project: library, datasetName: 'videos' });

// Dataset and bucket come from the resources, not from texts: that is how Pulumi knows what the binding hangs on.
const binding = new imm.DatasetBinding('videos', {
  dataset: videos,
  uri: pulumi.interpolate`oss://${bucket.name}`,
});

export const bindingStatus = binding.status;
