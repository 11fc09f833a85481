// Generated from provider/imm/dataset-binding/dataset-binding.ts by `npm run generate`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import type { Dataset } from './dataset.js';
import { linkOptions, linkProperties } from './link.js';

const LINK = {
  title: 'imm.DatasetBinding',
  type: 'pulumi-nodejs:dynamic/alicloud-media:DatasetBinding',
  pluginType: 'alicloud-media:imm:DatasetBinding',
  // Stands in the state of every DatasetBinding for ever.
  provider: 'exports.handler=()=>require("pulumi-alicloud-media/dataset-binding")',
  entry: 'pulumi-alicloud-media/dataset-binding',
  properties: [
    'projectName',
    'datasetName',
    'uri',
    'region',
    'adopt',
    'skipAwait',
    'accountId',
    'createTime',
    'status',
    'failedReason',
  ],
  idFormat: '{region}/{projectName}/{datasetName}/{uri}',
  idExample: 'cn-shanghai/my-project/my-dataset/oss://my-bucket',
  parents: { dataset: ['projectName', 'datasetName'] },
} as const;

export interface DatasetBindingArgs {
  /**
   * The dataset, in place of its names and region. It is made before and deleted after.
   */
  readonly dataset?: Dataset;
  /**
   * The IMM project, of API version 2020-09-30.
   * Shape: 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.3, §2.4.
   */
  readonly projectName?: pulumi.Input<string>;
  /**
   * The dataset in the project. A dataset takes up to 10 bindings.
   * Shape: 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.3.
   */
  readonly datasetName?: pulumi.Input<string>;
  /**
   * The OSS bucket, in the region of the project.
   * Shape: oss:// and the name of the bucket without a path: 3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.1, §3.3.
   */
  readonly uri: pulumi.Input<string>;
  /**
   * The region of project and bucket.
   * Shape: the id of a region, such as cn-shanghai.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   * A change replaces the resource, the old one deleted first.
   * Source: api-facts.md §2.6.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * Take over a binding that exists already and is in no stack. Holds for the binding that it was given for; a change sends nothing.
   * Default: `false`.
   */
  readonly adopt?: pulumi.Input<boolean>;
  /**
   * Do not wait until the new binding is Running. A change sends nothing.
   * Default: `false`.
   */
  readonly skipAwait?: pulumi.Input<boolean>;
}

/**
 * Binds an OSS bucket to an IMM dataset: IMM indexes the objects that are in the bucket and follows its
 * changes, until the binding is deleted. Scanning and indexing are billed.
 *
 * Its id is `{region}/{projectName}/{datasetName}/{uri}`, such as `cn-shanghai/my-project/my-dataset/oss://my-bucket`.
 */
export class DatasetBinding extends pulumi.CustomResource {
  /** The imm.DatasetBinding of this id, which need not be in a stack. Fails where it does not exist. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): DatasetBinding {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new DatasetBinding(name, {} as DatasetBindingArgs, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is DatasetBinding {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

  /** The IMM project, of API version 2020-09-30. */
  declare readonly projectName: pulumi.Output<string>;
  /** The dataset in the project. A dataset takes up to 10 bindings. */
  declare readonly datasetName: pulumi.Output<string>;
  /** The OSS bucket, in the region of the project. */
  declare readonly uri: pulumi.Output<string>;
  /** The region of project and bucket. */
  declare readonly region: pulumi.Output<string>;
  /** Take over a binding that exists already and is in no stack. Holds for the binding that it was given for; a change sends nothing. */
  declare readonly adopt: pulumi.Output<boolean | undefined>;
  /** Do not wait until the new binding is Running. A change sends nothing. */
  declare readonly skipAwait: pulumi.Output<boolean | undefined>;
  /** The account that owns the binding. Absent under `skipRequestingAccountId` without an `accountId`. */
  declare readonly accountId: pulumi.Output<string | undefined>;
  /** When the service made it, RFC 3339. */
  declare readonly createTime: pulumi.Output<string>;
  /** `Active` for the states Ready, Running and Retrying of the service. `Failed` is replaced by the next `up`. */
  declare readonly status: pulumi.Output<'Active' | 'Stopped' | 'Failed'>;
  /** Why it is `Failed`, in the words of the service. */
  declare readonly failedReason: pulumi.Output<string | undefined>;

  constructor(name: string, args: DatasetBindingArgs, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
