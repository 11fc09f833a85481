// Generated from the files of provider/mps by `npm run generate`. Do not edit.

export {
  type GetMediaBucketsArgs,
  type GetMediaBucketsResult,
  type GetMediaBucketsRow,
  getMediaBuckets,
} from './get-media-buckets.js';
export { InputBucket, type InputBucketArgs } from './input-bucket.js';
export { OutputBucket, type OutputBucketArgs } from './output-bucket.js';
