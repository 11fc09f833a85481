import { defineObject } from '../../lifecycle/define-object.js';
import type { ResourceDescription } from '../../lifecycle/description.js';
import type { Lifecycle } from '../../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, REGION } from '../../lifecycle/shared-properties.js';
import { DATASET_LIMITS } from '../limits.js';
import {
  CREATE_TIME,
  DATASET_ARN,
  DATASET_NAME,
  DESCRIPTION,
  PROJECT,
  PROJECT_NAME,
  TEMPLATE_ID,
} from '../names.js';
import { clearEntries, FORCE_DESTROY } from './entries.js';
import { heldByDataset } from './held-by-dataset.js';
import { listDatasets } from './list-datasets.js';
import { missingDataset } from './missing-dataset.js';

export const description = {
  module: 'imm',
  type: 'Dataset',
  service: 'imm',
  entry: 'dataset',
  summary:
    'A dataset of an IMM project: what is indexed, and by which workflow. The service deletes it only once it has no bindings and no index entries: this resource waits for the bindings that its stack removes, and removes entries with `forceDestroy` alone.',
  calls: {
    make: 'CreateDataset',
    update: 'UpdateDataset',
    remove: 'DeleteDataset',
    clear: 'BatchDeleteFileMeta',
    reads: ['GetDataset', 'ListDatasets', 'ListBindings', 'SimpleQuery'],
  },
  stops: 'Nothing is indexed in it any more.',
  replacement:
    'the dataset is deleted before the new one is made. It has to be empty for that: `forceDestroy` does not act in a replacement.',
  idFormat: '{region}/{projectName}/{datasetName}',
  idExample: 'cn-shanghai/my-project/my-dataset',
  parents: { project: PROJECT },
  args: {
    projectName: PROJECT_NAME,
    datasetName: { ...DATASET_NAME, description: 'The name of the dataset, unique in its project.' },
    region: { ...REGION, description: 'The region of the project.', source: 'api-facts.md §2.6' },
    description: DESCRIPTION,
    templateId: { ...TEMPLATE_ID, default: 'the template of the project' },
    ...DATASET_LIMITS,
    ...FORCE_DESTROY,
    adopt: adoptOf('dataset'),
  },
  outputs: { accountId: accountIdOf('dataset'), createTime: CREATE_TIME },
  ramActions: [
    { action: 'imm:CreateDataset', steps: ['create'], resource: DATASET_ARN },
    { action: 'imm:UpdateDataset', steps: ['update'], resource: DATASET_ARN },
    { action: 'imm:GetDataset', steps: ['create', 'read', 'update', 'delete'], resource: DATASET_ARN },
    { action: 'imm:DeleteDataset', steps: ['delete'], resource: DATASET_ARN },
    {
      action: 'imm:ListDatasets',
      steps: ['read', 'delete', 'audit'],
      where: 'of the others where the service says that something is not found',
      resource: 'acs:imm:{region}:{accountId}:project/{projectName}/dataset/*',
    },
    {
      action: 'imm:ListBindings',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: DATASET_ARN,
    },
    {
      action: 'imm:SimpleQuery',
      steps: ['delete'],
      where: 'to count what is in the way',
      resource: DATASET_ARN,
    },
    { action: 'imm:BatchDeleteFileMeta', steps: ['delete'], onlyWith: 'forceDestroy', resource: DATASET_ARN },
  ],
} as const satisfies ResourceDescription;

export const dataset: Lifecycle = defineObject(description, {
  get: 'GetDataset',
  field: 'Dataset',
  list: (operation, { region, projectName }) =>
    listDatasets(operation, { region: String(region), projectName: String(projectName) }),
  missing: missingDataset,
  holds: heldByDataset,
  clear: clearEntries,
});
