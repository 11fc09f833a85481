export { DatasetBinding, type DatasetBindingArgs } from '../program/dataset-binding.js';
export {
  type GetDatasetBindingArgs,
  type GetDatasetBindingResult,
  getDatasetBinding,
} from '../program/get-dataset-binding.js';
