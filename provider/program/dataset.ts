// Generated from provider/imm/dataset/dataset.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';
import type { Project } from './project.js';

const LINK = {
  title: 'imm.Dataset',
  type: 'pulumi-nodejs:dynamic/alicloud-media:Dataset',
  pluginType: 'alicloud-media:imm:Dataset',
  // Stands in the state of every Dataset for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/dataset")',
  entry: 'pulumi-alicloud-media/dataset',
  properties: [
    'projectName',
    'datasetName',
    'region',
    'description',
    'templateId',
    'datasetMaxBindCount',
    'datasetMaxFileCount',
    'datasetMaxEntityCount',
    'datasetMaxRelationCount',
    'datasetMaxTotalFileSize',
    'forceDestroy',
    'forceDestroyMaxEntries',
    'adopt',
    'accountId',
    'createTime',
  ],
  idFormat: '{region}/{projectName}/{datasetName}',
  idExample: 'cn-shanghai/my-project/my-dataset',
  parents: { project: ['projectName'] },
} as const;

export interface DatasetArgs {
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
   * The name of the dataset, unique in its project.
   * Shape: 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.3.
   */
  readonly datasetName: pulumi.Input<string>;
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
   * The workflow template by which files are indexed.
   * Shape: the id of a workflow template: 1 to 128 letters, digits, ":", ".", "_" or "-".
   * Default: the template of the project.
   * A change is sent, and the resource stays.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly templateId?: pulumi.Input<string>;
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
   * Remove the index entries when the dataset is deleted; the objects in OSS stay. Has to be in the state before the destroy, and does not act in a replacement. A change sends nothing.
   * Default: `false`.
   */
  readonly forceDestroy?: pulumi.Input<boolean>;
  /**
   * Above so many entries `forceDestroy` removes none. A change sends nothing.
   * Shape: a whole number from 0 to 9007199254740991.
   * Default: `1000`.
   */
  readonly forceDestroyMaxEntries?: pulumi.Input<number>;
  /**
   * Take over a dataset that exists already and is in no stack. Holds for the dataset that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A dataset of an IMM project: what is indexed, and by which workflow. The service deletes it only once it
 * has no bindings and no index entries: this resource waits for the bindings that its stack removes, and
 * removes entries with `forceDestroy` alone.
 *
 * Its id is `{region}/{projectName}/{datasetName}`, such as `cn-shanghai/my-project/my-dataset`.
 */
export class Dataset extends pulumi.CustomResource {
  /** The imm.Dataset of this id, which need not be in a stack. Fails where it does not exist. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Dataset {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new Dataset(name, {} as DatasetArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is Dataset {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The IMM project, of API version 2020-09-30. */
  declare readonly projectName: pulumi.Output<string>;
  /** The name of the dataset, unique in its project. */
  declare readonly datasetName: pulumi.Output<string>;
  /** The region of the project. */
  declare readonly region: pulumi.Output<string>;
  /** What it is for, for people. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** The workflow template by which files are indexed. */
  declare readonly templateId: pulumi.Output<string | undefined>;
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
  /** Remove the index entries when the dataset is deleted; the objects in OSS stay. Has to be in the state before the destroy, and does not act in a replacement. A change sends nothing. */
  declare readonly forceDestroy: pulumi.Output<boolean | undefined>;
  /** Above so many entries `forceDestroy` removes none. A change sends nothing. */
  declare readonly forceDestroyMaxEntries: pulumi.Output<number | undefined>;
  /** Take over a dataset that exists already and is in no stack. Holds for the dataset that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** The account that owns the dataset. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When the service made it, RFC 3339. */
  declare readonly createTime: pulumi.Output<string>;

  constructor(name: string, args: DatasetArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
