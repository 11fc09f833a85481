// Generated from the files of provider/imm by `npm run generate`. Do not edit.
export { BucketAttachment, type BucketAttachmentArgs } from './bucket-attachment.js';
export { Dataset, type DatasetArgs } from './dataset.js';
export { DatasetBinding, type DatasetBindingArgs } from './dataset-binding.js';
export { type GetDatasetArgs, type GetDatasetResult, getDataset } from './get-dataset.js';
export {
  type GetDatasetBindingArgs,
  type GetDatasetBindingResult,
  getDatasetBinding,
} from './get-dataset-binding.js';
export {
  type GetDatasetBindingsArgs,
  type GetDatasetBindingsResult,
  type GetDatasetBindingsRow,
  getDatasetBindings,
} from './get-dataset-bindings.js';
export { type GetProjectArgs, type GetProjectResult, getProject } from './get-project.js';
export { Project, type ProjectArgs } from './project.js';
