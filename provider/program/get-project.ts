// Generated from provider/imm/project/get-project.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface GetProjectArgs {
  /**
   * The name of the project, unique in its region.
   */
  readonly projectName: pulumi.Input<string>;
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
export interface GetProjectResult {
  /** `{region}/{projectName}`. */
  readonly id: string;
  /** What it is for, for people. */
  readonly description: string;
  /** The role by which IMM reaches OSS. The caller needs ram:PassRole and every permission that the role has. */
  readonly serviceRole: string;
  /** The workflow template by which files are indexed. */
  readonly templateId: string;
  /** How many datasets the project may have. */
  readonly projectMaxDatasetCount?: number;
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
  /** Tags of the project. */
  readonly tags: Readonly<Record<string, string>>;
  /** When the service made it, RFC 3339. */
  readonly createTime: string;
  /** When it was updated last, RFC 3339; when it was made, where it never was. */
  readonly updateTime: string;
  /** How many datasets it has. A text of digits, with `withStatistics` alone. */
  readonly datasetCount?: string;
  /** How many files are indexed, in datasets that were made before 2025-12-20: the service counts no others. A text of digits, with `withStatistics` alone. */
  readonly fileCount?: string;
  /** The size of those files, in bytes. A text of digits, with `withStatistics` alone. */
  readonly totalFileSize?: string;
}

/**
 * Asks for a project as the service shows it now, in a preview too; not while an argument is unknown. Fails
 * where the project does not exist.
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option `provider`. Under
 * `pulumi.runtime.setMocks` the mock is asked for `alicloud-media:imm:getProject`, and nothing is sent.
 */
export function getProject(
  args: GetProjectArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetProjectResult> {
  return ask({ module: 'imm', name: 'getProject' }, args, options);
}
