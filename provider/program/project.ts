// Generated from provider/imm/project/project.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';

const LINK = {
  title: 'imm.Project',
  type: 'pulumi-nodejs:dynamic/alicloud-media:Project',
  pluginType: 'alicloud-media:imm:Project',
  // Stands in the state of every Project for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/project")',
  entry: 'pulumi-alicloud-media/project',
  properties: [
    'projectName',
    'region',
    'description',
    'serviceRole',
    'templateId',
    'projectMaxDatasetCount',
    'datasetMaxBindCount',
    'datasetMaxFileCount',
    'datasetMaxEntityCount',
    'datasetMaxRelationCount',
    'datasetMaxTotalFileSize',
    'tags',
    'adopt',
    'accountId',
    'createTime',
  ],
  idFormat: '{region}/{projectName}',
  idExample: 'cn-shanghai/my-project',
  parents: {},
} as const;

export interface ProjectArgs {
  /**
   * The name of the project, unique in its region.
   * Shape: 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly projectName: pulumi.Input<string>;
  /**
   * The region of the project.
   * Shape: the id of a region, such as cn-shanghai.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.6.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * What it is for, for people.
   * Shape: 1 to 256 characters that can be seen, on one line.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly description?: pulumi.Input<string>;
  /**
   * The role by which IMM reaches OSS. The caller needs ram:PassRole and every permission that the role has.
   * Shape: the name of a RAM role: 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit.
   * Default: `AliyunIMMDefaultRole`, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.4.
   */
  readonly serviceRole?: pulumi.Input<string>;
  /**
   * The workflow template by which files are indexed.
   * Shape: the id of a workflow template: 1 to 128 letters, digits, ":", ".", "_" or "-".
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly templateId?: pulumi.Input<string>;
  /**
   * How many datasets the project may have.
   * Shape: a whole number from 1 to 1000000000.
   * Default: 1000000000, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly projectMaxDatasetCount?: pulumi.Input<number>;
  /**
   * How many bindings a dataset may have.
   * Shape: a whole number from 1 to 10.
   * Default: 10, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly datasetMaxBindCount?: pulumi.Input<number>;
  /**
   * How many files a dataset may index.
   * Shape: a whole number from 1 to 100000000.
   * Default: 100000000, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly datasetMaxFileCount?: pulumi.Input<number>;
  /**
   * How many entities a dataset may hold. The service reserves it, and does not enforce it. Kept as text.
   * Shape: a whole number from 0 to 9223372036854775807; above 9007199254740991 as a text of digits.
   * Default: 10000000000, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly datasetMaxEntityCount?: pulumi.Input<number | string>;
  /**
   * How many relations a dataset may hold. The service reserves it, and does not enforce it. Kept as text.
   * Shape: a whole number from 0 to 9223372036854775807; above 9007199254740991 as a text of digits.
   * Default: 100000000000, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly datasetMaxRelationCount?: pulumi.Input<number | string>;
  /**
   * The size of all files of a dataset together, in bytes. Over it no more are indexed. Kept as text.
   * Shape: a whole number from 0 to 9223372036854775807; above 9007199254740991 as a text of digits.
   * Default: 90000000000000000, by the service.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly datasetMaxTotalFileSize?: pulumi.Input<number | string>;
  /**
   * Tags of the project.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.4.
   */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /**
   * Take over a project that exists already and is in no stack. Holds for the project that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * An IMM project of API version 2020-09-30, which holds datasets. Deleting it is irrecoverable, and the
 * service does it only for an empty one: this resource waits until what its stack removes is gone.
 *
 * Its id is `{region}/{projectName}`, such as `cn-shanghai/my-project`.
 */
export class Project extends pulumi.CustomResource {
  /** The imm.Project of this id, which need not be in a stack. Fails where it does not exist. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Project {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new Project(name, {} as ProjectArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is Project {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The name of the project, unique in its region. */
  declare readonly projectName: pulumi.Output<string>;
  /** The region of the project. */
  declare readonly region: pulumi.Output<string>;
  /** What it is for, for people. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The role by which IMM reaches OSS. The caller needs ram:PassRole and every permission that the role has. */
  declare readonly serviceRole: pulumi.Output<string | undefined>;
  /** The workflow template by which files are indexed. */
  declare readonly templateId: pulumi.Output<string | undefined>;
  /** How many datasets the project may have. */
  declare readonly projectMaxDatasetCount: pulumi.Output<number | undefined>;
  /** How many bindings a dataset may have. */
  declare readonly datasetMaxBindCount: pulumi.Output<number | undefined>;
  /** How many files a dataset may index. */
  declare readonly datasetMaxFileCount: pulumi.Output<number | undefined>;
  /** How many entities a dataset may hold. The service reserves it, and does not enforce it. Kept as text. */
  declare readonly datasetMaxEntityCount: pulumi.Output<string | undefined>;
  /** How many relations a dataset may hold. The service reserves it, and does not enforce it. Kept as text. */
  declare readonly datasetMaxRelationCount: pulumi.Output<string | undefined>;
  /** The size of all files of a dataset together, in bytes. Over it no more are indexed. Kept as text. */
  declare readonly datasetMaxTotalFileSize: pulumi.Output<string | undefined>;
  /** Tags of the project. */
  declare readonly tags: pulumi.Output<Readonly<Record<string, string>> | undefined>;
  /** Take over a project that exists already and is in no stack. Holds for the project that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the project. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When the service made it, RFC 3339. */
  declare readonly createTime: pulumi.Output<string>;

  constructor(name: string, args: ProjectArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
