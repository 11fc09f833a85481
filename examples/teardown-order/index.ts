import * as pulumi from '@pulumi/pulumi';
import { imm } from 'pulumi-alicloud-media';
import { Bucket, Dataset } from './stand-ins';

const config = new pulumi.Config();

// With @pulumi/alicloud:
//   new alicloud.oss.Bucket('originals', { bucket: 'media-originals', storageClass }, { deleteBeforeReplace: true });
// and `bucket.bucket` instead of `bucket.name` below.
const bucket = new Bucket('originals', {
  name: 'media-originals',
  storageClass: config.get('storageClass') ?? 'Standard',
});

const dataset = new Dataset('videos', { name: 'videos' });

// Both names come from the resources, not from texts: that is how the engine knows what the binding hangs on.
const binding = new imm.DatasetBinding('videos', {
  projectName: 'media',
  datasetName: dataset.name,
  uri: pulumi.interpolate`oss://${bucket.name}`,
});

export const bindingStatus = binding.status;
