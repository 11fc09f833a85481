export { OutputBucket, type OutputBucketArgs } from '../program/output-bucket.js';
