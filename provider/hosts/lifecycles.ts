import { datasetBinding } from '../imm/dataset-binding.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { outputBucket } from '../mps/output-bucket.js';

/** Every resource of this package. */
export const LIFECYCLES: readonly Lifecycle[] = [datasetBinding, outputBucket];
