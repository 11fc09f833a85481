// Generated from provider/imm/dataset/get-dataset.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface GetDatasetArgs {
  /**
   * The IMM project, of API version 2020-09-30.
   */
  readonly projectName: pulumi.Input<string>;
  /**
   * The name of the dataset, unique in its project.
   */
  readonly datasetName: pulumi.Input<string>;
  /**
   * The region of the project.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * Ask for the counts, too. The service counts nothing, or not right, where it is not asked to.
   * Default: `false`.
   */
  readonly withStatistics?: pulumi.Input<boolean>;
}

/** What the service shows now. */
export interface GetDatasetResult {
  /** `{region}/{projectName}/{datasetName}`. */
  readonly id: string;
  /** What it is for, for people. */
  readonly description: string;
  /** The workflow template by which files are indexed. */
  readonly templateId: string;
  /** How many bindings a dataset may have. */
  readonly datasetMaxBindCount?: number;
  /** How many files a dataset may index. */
  readonly datasetMaxFileCount?: number;
  /** How many entities a dataset may hold. The service reserves it, and does not enforce it. Kept as text. */
  readonly datasetMaxEntityCount?: string;
  /** How many relations a dataset may hold. The service reserves it, and does not enforce it. Kept as text. */
  readonly datasetMaxRelationCount?: string;
  /** The size of all files of a dataset together, in bytes. Over it no more are indexed. Kept as text. */
  readonly datasetMaxTotalFileSize?: string;
  /** When the service made it, RFC 3339. */
  readonly createTime: string;
  /** When it was updated last, RFC 3339; when it was made, where it never was. */
  readonly updateTime: string;
  /** How many bindings it has. A text of digits, with `withStatistics` alone. */
  readonly bindCount?: string;
  /** How many files are indexed. A text of digits, with `withStatistics` alone. */
  readonly fileCount?: string;
  /** The size of those files, in bytes. A text of digits, with `withStatistics` alone. */
  readonly totalFileSize?: string;
}

/**
 * Asks for a dataset as the service shows it now, in a preview too; not while an argument is unknown. Fails
 * where the dataset or its project does not exist.
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option `provider`. Under
 * `pulumi.runtime.setMocks` the mock is asked for `alicloud-media:imm:getDataset`, and nothing is sent.
 */
export function getDataset(
  args: GetDatasetArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetDatasetResult> {
  return ask({ module: 'imm', name: 'getDataset' }, args, options);
}
