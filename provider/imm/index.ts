// Generated from the files of provider/imm by `npm run generate`. Do not edit.
export { BucketAttachment, type BucketAttachmentArgs } from '../program/bucket-attachment.js';
export { Dataset, type DatasetArgs } from '../program/dataset.js';
export { DatasetBinding, type DatasetBindingArgs } from '../program/dataset-binding.js';
export { type GetDatasetArgs, type GetDatasetResult, getDataset } from '../program/get-dataset.js';
export {
  type GetDatasetBindingArgs,
  type GetDatasetBindingResult,
  getDatasetBinding,
} from '../program/get-dataset-binding.js';
export {
  type GetDatasetBindingsArgs,
  type GetDatasetBindingsResult,
  type GetDatasetBindingsRow,
  getDatasetBindings,
} from '../program/get-dataset-bindings.js';
export { type GetProjectArgs, type GetProjectResult, getProject } from '../program/get-project.js';
export { Project, type ProjectArgs } from '../program/project.js';
