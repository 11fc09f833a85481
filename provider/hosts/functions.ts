// Generated from the files of provider/imm and provider/mps by `npm run generate`. Do not edit.
import { getDataset } from '../imm/dataset/get-dataset.js';
import { getDatasetBinding } from '../imm/dataset-binding/get-dataset-binding.js';
import { getDatasetBindings } from '../imm/dataset-binding/get-dataset-bindings.js';
import { getProject } from '../imm/project/get-project.js';
import type { MediaFunction } from '../lifecycle/define-function.js';
import { getMediaBuckets } from '../mps/get-media-buckets.js';

/** Every function of this package. */
export const FUNCTIONS: readonly MediaFunction[] = [
  getDataset,
  getDatasetBinding,
  getDatasetBindings,
  getProject,
  getMediaBuckets,
];
