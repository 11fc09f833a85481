export { DatasetBinding, type DatasetBindingArgs } from '../program/dataset-binding.js';
export { getDatasetBinding } from '../program/get-dataset-binding.js';
export type { GetDatasetBindingArgs, GetDatasetBindingResult } from '../program/get-dataset-binding-types.js';
