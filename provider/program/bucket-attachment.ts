// Generated from provider/imm/bucket-attachment/bucket-attachment.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';
import type { Project } from './project.js';

const LINK = {
  title: 'imm.BucketAttachment',
  type: 'pulumi-nodejs:dynamic/alicloud-media:BucketAttachment',
  pluginType: 'alicloud-media:imm:BucketAttachment',
  // Stands in the state of every BucketAttachment for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/bucket-attachment")',
  entry: 'pulumi-alicloud-media/bucket-attachment',
  properties: ['projectName', 'bucket', 'region', 'description', 'adopt', 'accountId', 'createTime'],
  idFormat: '{region}/{projectName}/oss://{bucket}',
  idExample: 'cn-shanghai/my-project/oss://my-bucket',
  parents: { project: ['projectName'] },
} as const;

export interface BucketAttachmentArgs {
  /**
   * The project, in place of its name and region. It is made before and deleted after.
   */
  readonly project?: Project;
  /**
   * The IMM project, of API version 2020-09-30.
   * Shape: 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly projectName?: pulumi.Input<string>;
  /**
   * The name of the OSS bucket, in the region of the project.
   * Shape: 3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §3.3.
   */
  readonly bucket: pulumi.Input<string>;
  /**
   * The region of project and bucket.
   * Shape: the id of a region, such as cn-shanghai.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.6.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * What it is for, for people. The service has no action that changes it.
   * Shape: 1 to 128 characters that can be seen, on one line.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.4.
   */
  readonly description?: pulumi.Input<string>;
  /**
   * Take over an attachment that exists already and is in no stack. Holds for the attachment that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * Attaches an OSS bucket to an IMM project, so that objects of the bucket can be processed through OSS
 * (`x-oss-process`). A bucket has one project. A project cannot be deleted while a bucket is attached to
 * it.
 *
 * Its id is `{region}/{projectName}/oss://{bucket}`, such as `cn-shanghai/my-project/oss://my-bucket`.
 */
export class BucketAttachment extends pulumi.CustomResource {
  /** The imm.BucketAttachment of this id, which need not be in a stack. Fails where it does not exist. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): BucketAttachment {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new BucketAttachment(name, {} as BucketAttachmentArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is BucketAttachment {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The IMM project, of API version 2020-09-30. */
  declare readonly projectName: pulumi.Output<string>;
  /** The name of the OSS bucket, in the region of the project. */
  declare readonly bucket: pulumi.Output<string>;
  /** The region of project and bucket. */
  declare readonly region: pulumi.Output<string>;
  /** What it is for, for people. The service has no action that changes it. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** Take over an attachment that exists already and is in no stack. Holds for the attachment that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the attachment. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When the service made it, RFC 3339. */
  declare readonly createTime: pulumi.Output<string>;

  constructor(name: string, args: BucketAttachmentArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
