// Generated from provider/mps/output-bucket.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';

const TYPE = 'pulumi-nodejs:dynamic/alicloud-media:OutputBucket';
const PLUGIN_TYPE = 'alicloud-media:mps:OutputBucket';
/** Stands in the state of every OutputBucket for ever. */
const PROVIDER = 'exports.handler=()=>require("pulumi-alicloud-media/output-bucket")';
const PROPERTIES = ['bucket', 'region', 'adopt', 'accountId', 'boundAt'] as const;

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
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and its kin.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §3.2.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * Take over a registration that exists already and is in no stack. A change does nothing.
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
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all.
    return new OutputBucket(name, {} as OutputBucketArgs, { ...options, id });
  }

  static override isInstance(value: unknown): value is OutputBucket {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === TYPE;
  }

  /** The name of the OSS bucket, in the region of MPS that is used. */
  declare readonly bucket: pulumi.Output<string>;
  /** The region of the bucket. */
  declare readonly region: pulumi.Output<string>;
  /** Take over a registration that exists already and is in no stack. A change does nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the registration. Absent under `skipRequestingAccountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When this stack registered it or took it over, by our clock, RFC 3339: the service keeps no time. */
  declare readonly boundAt: pulumi.Output<string>;

  constructor(name: string, args: OutputBucketArgs, options?: pulumi.CustomResourceOptions) {
    super(TYPE, name, linkProperties(PROVIDER, PROPERTIES, args, options), linkOptions(PLUGIN_TYPE, options));
  }
}
