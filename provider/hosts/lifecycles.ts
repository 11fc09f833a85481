// Generated from the files of provider/imm and provider/mps by `npm run generate`. Do not edit.
import { bucketAttachment } from '../imm/bucket-attachment/bucket-attachment.js';
import { dataset } from '../imm/dataset/dataset.js';
import { datasetBinding } from '../imm/dataset-binding/dataset-binding.js';
import { project } from '../imm/project/project.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { inputBucket } from '../mps/input-bucket.js';
import { outputBucket } from '../mps/output-bucket.js';

/** Every resource of this package. */
export const LIFECYCLES: readonly Lifecycle[] = [
  bucketAttachment,
  dataset,
  datasetBinding,
  project,
  inputBucket,
  outputBucket,
];
