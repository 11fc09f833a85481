// The provider that anybody would write in ten minutes, to compare with; nothing to learn from. It calls pop-core with
// its defaults straight from the hooks: no limit, no retry, no shared reads, a client for each call. The test of what
// it costs is bench/ten-minute.ts; the program loads it from dist/.
import * as pulumi from '@pulumi/pulumi';

import Core = require('@alicloud/pop-core');

interface Inputs {
  bucket: string;
  region: string;
}

const provider: pulumi.dynamic.ResourceProvider = {
  async create({ bucket, region }: Inputs) {
    const client = new Core({
      accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? '',
      accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? '',
      endpoint: process.env.MTS_ENDPOINT ?? '',
      apiVersion: '2014-06-18',
    });
    await client.request('BindOutputBucket', { RegionId: region, Bucket: bucket });
    return { id: bucket, outs: { bucket, region } };
  },

  async read(id: string, { bucket, region }: Inputs) {
    const client = new Core({
      accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? '',
      accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? '',
      endpoint: process.env.MTS_ENDPOINT ?? '',
      apiVersion: '2014-06-18',
    });
    let token = '';
    do {
      const page = await client.request<{
        MediaBucketList: { MediaBucket: { Bucket: string; Type: string }[] };
        NextPageToken?: string;
      }>('ListAllMediaBucket', {
        RegionId: region,
        MaximumPageSize: 100,
        ...(token && { NextPageToken: token }),
      });
      for (const { Bucket, Type } of page.MediaBucketList.MediaBucket) {
        if (Bucket === bucket && Type === 'Output') return { id, props: { bucket, region } };
      }
      token = page.NextPageToken ?? '';
    } while (token !== '');
    return {};
  },

  async delete(_id: string, { bucket, region }: Inputs) {
    const client = new Core({
      accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? '',
      accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? '',
      endpoint: process.env.MTS_ENDPOINT ?? '',
      apiVersion: '2014-06-18',
    });
    await client.request('UnbindOutputBucket', { RegionId: region, Bucket: bucket });
  },
};

export class TenMinuteBucket extends pulumi.dynamic.Resource {
  constructor(name: string, args: Inputs, options?: pulumi.CustomResourceOptions) {
    super(provider, name, args, options);
  }
}
