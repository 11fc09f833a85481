// Generated from provider/mps/input-bucket.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';

const LINK = {
  title: 'mps.InputBucket',
  type: 'pulumi-nodejs:dynamic/alicloud-media:InputBucket',
  pluginType: 'alicloud-media:mps:InputBucket',
  // Stands in the state of every InputBucket for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/input-bucket")',
  entry: 'pulumi-alicloud-media/input-bucket',
  properties: ['bucket', 'region', 'referer', 'adopt', 'accountId', 'boundAt'],
  idFormat: '{region}/input:{bucket}',
  idExample: 'cn-shanghai/input:my-bucket',
  parents: {},
} as const;

export interface InputBucketArgs {
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
   * The referer by which MPS passes the hotlink protection of the bucket. Nothing says that it can be changed in place.
   * Shape: a referer as it is configured in OSS: 1 to 1024 printable ASCII characters without blanks.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §3.
   */
  readonly referer?: pulumi.Input<string>;
  /**
   * Take over a registration that exists already and is in no stack. Holds for the registration that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * Registers an OSS bucket with MPS as a bucket that jobs may read from. MPS is told of uploads to it and
 * starts the workflows that wait for them. A bucket may be registered for input and for output, each by
 * itself.
 *
 * Its id is `{region}/input:{bucket}`, such as `cn-shanghai/input:my-bucket`.
 */
export class InputBucket extends pulumi.CustomResource {
  /** The mps.InputBucket of this id, which need not be in a stack. Fails where it does not exist. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): InputBucket {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new InputBucket(name, {} as InputBucketArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is InputBucket {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The name of the OSS bucket, in the region of MPS that is used. */
  declare readonly bucket: pulumi.Output<string>;
  /** The region of the bucket. */
  declare readonly region: pulumi.Output<string>;
  /** The referer by which MPS passes the hotlink protection of the bucket. Nothing says that it can be changed in place. */
  declare readonly referer: pulumi.Output<string | undefined>;
  /** Take over a registration that exists already and is in no stack. Holds for the registration that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the registration. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When this stack registered it or took it over, by the clock of the service, RFC 3339: it keeps no time of it itself. */
  declare readonly boundAt: pulumi.Output<string>;

  constructor(name: string, args: InputBucketArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
