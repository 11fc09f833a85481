export { InputBucket, type InputBucketArgs } from '../program/input-bucket.js';
export { OutputBucket, type OutputBucketArgs } from '../program/output-bucket.js';
