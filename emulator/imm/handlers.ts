import type { Handlers } from '../pipeline/handler.js';
import { deleteBinding, getBinding, listBindings } from './bindings.js';
import { createBinding } from './create-binding.js';
import { createDataset, deleteDataset, getDataset, listDatasets } from './datasets.js';
import { createProject, deleteProject, getProject, listProjects } from './projects.js';

/** StopBinding and ResumeBinding are withdrawn and DeleteBinding has no Cleanup: api-facts.md §1. */
export const IMM_HANDLERS: Handlers = {
  CreateProject: createProject,
  GetProject: getProject,
  ListProjects: listProjects,
  DeleteProject: deleteProject,
  CreateDataset: createDataset,
  GetDataset: getDataset,
  ListDatasets: listDatasets,
  DeleteDataset: deleteDataset,
  CreateBinding: createBinding,
  GetBinding: getBinding,
  ListBindings: listBindings,
  DeleteBinding: deleteBinding,
};
