import type * as pulumi from '@pulumi/pulumi';
import { imm, mps, Provider, type ProviderArgs } from 'pulumi-alicloud-media';

const settings: ProviderArgs = { region: 'cn-shanghai' };
const provider = new Provider('other', settings);

const binding = new imm.DatasetBinding('videos', {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://originals',
});

// @ts-expect-error A bucket is needed.
const missing: mps.OutputBucketArgs = {};
const args: mps.OutputBucketArgs = { ...missing, bucket: 'renditions' };
const bucket = new mps.OutputBucket('renditions', args, { provider });

export const status: pulumi.Output<'Active' | 'Stopped' | 'Failed'> = binding.status;
export const state: pulumi.Output<string> = imm
  .getDatasetBinding({
    projectName: binding.projectName,
    datasetName: binding.datasetName,
    uri: binding.uri,
    region: binding.region,
  })
  .apply((found) => found.state);
export const bound: pulumi.Output<string> = bucket.boundAt;
