// Generated from provider/mps/output-bucket.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';

const LINK = {
  title: 'mps.OutputBucket',
  type: 'pulumi-nodejs:dynamic/alicloud-media:OutputBucket',
  pluginType: 'alicloud-media:mps:OutputBucket',
  // Stands in the state of every OutputBucket for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/output-bucket")',
  entry: 'pulumi-alicloud-media/output-bucket',
  properties: ['bucket', 'region', 'adopt', 'accountId', 'boundAt'],
  idFormat: '{region}/{bucket}',
  idExample: 'cn-shanghai/my-bucket',
  parents: {},
} as const;

export interface OutputBucketArgs {
  /**
   * The name of the OSS bucket, in the region of MPS that is used.
   * Shape: 3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §3.3.
   */
  readonly bucket: pulumi.Input<string>;
  /**
   * The region of the bucket.
   * Shape: the id of a region, such as cn-shanghai.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §3.2.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * Take over a registration that exists already and is in no stack. Holds for the registration that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * Registers an OSS bucket with MPS as a bucket that jobs may write to. Registering moves and bills nothing;
 * what jobs wrote stays in the bucket when it is unregistered.
 *
 * Its id is `{region}/{bucket}`, such as `cn-shanghai/my-bucket`.
 */
export class OutputBucket extends pulumi.CustomResource {
  /** The mps.OutputBucket of this id, which need not be in a stack. Fails where it does not exist. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): OutputBucket {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new OutputBucket(name, {} as OutputBucketArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is OutputBucket {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The name of the OSS bucket, in the region of MPS that is used. */
  declare readonly bucket: pulumi.Output<string>;
  /** The region of the bucket. */
  declare readonly region: pulumi.Output<string>;
  /** Take over a registration that exists already and is in no stack. Holds for the registration that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the registration. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When this stack registered it or took it over, by the clock of the service, RFC 3339: it keeps no time of it itself. */
  declare readonly boundAt: pulumi.Output<string>;

  constructor(name: string, args: OutputBucketArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
