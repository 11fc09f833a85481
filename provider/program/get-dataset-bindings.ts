// Generated from provider/imm/dataset-binding/get-dataset-bindings.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface GetDatasetBindingsArgs {
  /**
   * The IMM project, of API version 2020-09-30.
   */
  readonly projectName: pulumi.Input<string>;
  /**
   * The dataset in the project.
   * Default: every dataset of the project.
   */
  readonly datasetName?: pulumi.Input<string>;
  /**
   * The region of the project.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   */
  readonly region?: pulumi.Input<string>;
}

/** One of what is listed. */
export interface GetDatasetBindingsRow {
  /** `{region}/{projectName}/{datasetName}/{uri}`. */
  readonly id: string;
  /** The dataset. */
  readonly datasetName: string;
  /** The OSS bucket, such as `oss://my-bucket`. */
  readonly uri: string;
  /** `Ready`, `Running`, `Stopped`, `Retrying` or `Failed`. */
  readonly state: string;
  /** `FullScanning`, `IncrementalScanning`, or empty. */
  readonly phase: string;
  /** Why it is in this state, in the words of the service, or empty. */
  readonly reason: string;
  /** When the service made it, RFC 3339. */
  readonly createTime: string;
}

/** What the service shows now. */
export interface GetDatasetBindingsResult {
  /** Each binding that exists, also those of other stacks and of nobody. */
  readonly bindings: readonly GetDatasetBindingsRow[];
}

/**
 * Lists the bindings of a dataset, or of all datasets of a project, all pages of them. Fails where the
 * project or the dataset does not exist.
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option `provider`. Under
 * `pulumi.runtime.setMocks` the mock is asked for `alicloud-media:imm:getDatasetBindings`, and nothing is sent.
 */
export function getDatasetBindings(
  args: GetDatasetBindingsArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetDatasetBindingsResult> {
  return ask({ module: 'imm', name: 'getDatasetBindings' }, args, options);
}
