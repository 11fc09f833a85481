// Generated from provider/imm/dataset-binding/get-dataset-binding.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface GetDatasetBindingArgs {
  /**
   * The IMM project, of API version 2020-09-30.
   */
  readonly projectName: pulumi.Input<string>;
  /**
   * The dataset in the project. A dataset takes up to 10 bindings.
   */
  readonly datasetName: pulumi.Input<string>;
  /**
   * The OSS bucket, in the region of the project.
   */
  readonly uri: pulumi.Input<string>;
  /**
   * The region of project and bucket.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   */
  readonly region?: pulumi.Input<string>;
}

/** What the service shows now. */
export interface GetDatasetBindingResult {
  /** `{region}/{projectName}/{datasetName}/{uri}`. */
  readonly id: string;
  /** `Ready`, `Running`, `Stopped`, `Retrying` or `Failed`. */
  readonly state: string;
  /** `FullScanning`, `IncrementalScanning`, or empty. */
  readonly phase: string;
  /** Why it is in this state, in the words of the service, or empty. */
  readonly reason: string;
  /** When the service made it, RFC 3339. */
  readonly createTime: string;
}

/**
 * Asks for the live state of a binding, in a preview too; not while an argument is unknown. Fails where the
 * binding does not exist.
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option `provider`. Under
 * `pulumi.runtime.setMocks` the mock is asked for `alicloud-media:imm:getDatasetBinding`, and nothing is sent.
 */
export function getDatasetBinding(
  args: GetDatasetBindingArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetDatasetBindingResult> {
  return ask({ module: 'imm', name: 'getDatasetBinding' }, args, options);
}
