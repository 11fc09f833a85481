// Generated from the files of provider/imm by `npm run generate`. Do not edit.
export { BucketAttachment, type BucketAttachmentArgs } from '../program/bucket-attachment.js';
export { Dataset, type DatasetArgs } from '../program/dataset.js';
export { DatasetBinding, type DatasetBindingArgs } from '../program/dataset-binding.js';
export { getDatasetBinding } from '../program/get-dataset-binding.js';
export type { GetDatasetBindingArgs, GetDatasetBindingResult } from '../program/get-dataset-binding-types.js';
export { Project, type ProjectArgs } from '../program/project.js';
