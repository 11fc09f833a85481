// Generated from provider/mps/get-media-buckets.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface GetMediaBucketsArgs {
  /**
   * The region of MPS.
   * Default: the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like.
   */
  readonly region?: pulumi.Input<string>;
}

/** One of what is listed. */
export interface GetMediaBucketsRow {
  /** The name of the OSS bucket. */
  readonly bucket: string;
  /** `Input` or `Output`. */
  readonly type: string;
  /** Of an input bucket, where it has one. */
  readonly referer?: string;
}

/** What the service shows now. */
export interface GetMediaBucketsResult {
  /** Each registration that is listed, also those of other stacks and of nobody. A bucket that is registered for input and for output is there twice. */
  readonly buckets: readonly GetMediaBucketsRow[];
  /** Whether there may be more than are listed: whether the listing of the service ends after 100 rows is not known. What `buckets` holds is registered all the same. */
  readonly mayBeCut: boolean;
}

/**
 * Lists the OSS buckets that are registered with MPS in a region, for input and for output, all pages of
 * them.
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option `provider`. Under
 * `pulumi.runtime.setMocks` the mock is asked for `alicloud-media:mps:getMediaBuckets`, and nothing is sent.
 */
export function getMediaBuckets(
  args: GetMediaBucketsArgs = {},
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetMediaBucketsResult> {
  return ask({ module: 'mps', name: 'getMediaBuckets' }, args, options);
}
