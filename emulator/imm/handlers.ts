import type { Handlers } from '../pipeline/handler.js';
import { attachBucket, detachBucket, getAttachment, listAttached } from './attachments.js';
import { deleteBinding, getBinding, listBindings } from './bindings.js';
import { createBinding } from './create-binding.js';
import { createDataset, deleteDataset, getDataset, listDatasets, updateDataset } from './datasets.js';
import { batchDeleteFileMeta, deleteFileMeta, simpleQuery } from './entries.js';
import { deleteJob, listJobs } from './jobs.js';
import { createProject, deleteProject, getProject, listProjects, updateProject } from './projects.js';

/** StopBinding and ResumeBinding are withdrawn and DeleteBinding has no Cleanup: api-facts.md §1. */
export const IMM_HANDLERS: Handlers = {
  CreateProject: createProject,
  UpdateProject: updateProject,
  GetProject: getProject,
  ListProjects: listProjects,
  DeleteProject: deleteProject,
  CreateDataset: createDataset,
  UpdateDataset: updateDataset,
  GetDataset: getDataset,
  ListDatasets: listDatasets,
  DeleteDataset: deleteDataset,
  CreateBinding: createBinding,
  GetBinding: getBinding,
  ListBindings: listBindings,
  DeleteBinding: deleteBinding,
  AttachOSSBucket: attachBucket,
  DetachOSSBucket: detachBucket,
  GetOSSBucketAttachment: getAttachment,
  ListAttachedOSSBuckets: listAttached,
  SimpleQuery: simpleQuery,
  BatchDeleteFileMeta: batchDeleteFileMeta,
  DeleteFileMeta: deleteFileMeta,
  ListTriggers: listJobs('trigger', 'Triggers'),
  DeleteTrigger: deleteJob('trigger'),
  ListBatches: listJobs('batch', 'Batches'),
  DeleteBatch: deleteJob('batch'),
};
