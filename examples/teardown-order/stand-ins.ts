import * as pulumi from '@pulumi/pulumi';

/** Makes nothing: it only stands in the state, as a resource of a cloud provider does. */
const nothing: pulumi.dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  // A change of the storage class replaces a bucket, the old one deleted first: it keeps its name.
  diff: async (_, olds, news) => {
    const replaces = ['name', 'storageClass'].filter((key) => olds[key] !== news[key]);
    return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
  },
};

/** Stands where `alicloud.oss.Bucket` of `@pulumi/alicloud` goes. */
export class Bucket extends pulumi.dynamic.Resource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: { name: string; storageClass: string }) {
    super(nothing, name, args, {}, 'stand-in', 'Bucket');
  }
}
