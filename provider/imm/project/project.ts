import { defineObject } from '../../lifecycle/define-object.js';
import type { ResourceDescription } from '../../lifecycle/description.js';
import type { Lifecycle } from '../../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, REGION } from '../../lifecycle/shared-properties.js';
import { DATASET_LIMITS, MAX_DATASETS } from '../limits.js';
import {
  CREATE_TIME,
  DESCRIPTION,
  PROJECT_ARN,
  PROJECT_NAME,
  SERVICE_ROLE,
  TAGS,
  TEMPLATE_ID,
} from '../names.js';
import { pages } from '../pages.js';
import { heldByProject } from './held-by-project.js';

export const description = {
  module: 'imm',
  type: 'Project',
  service: 'imm',
  entry: 'project',
  summary:
    'An IMM project of API version 2020-09-30, which holds datasets. Deleting it is irrecoverable, and the service does it only for an empty one: this resource waits until what its stack removes is gone.',
  calls: {
    make: 'CreateProject',
    update: 'UpdateProject',
    remove: 'DeleteProject',
    reads: [
      'GetProject',
      'ListDatasets',
      'ListBindings',
      'ListAttachedOSSBuckets',
      'ListTriggers',
      'ListBatches',
    ],
  },
  stops: 'Its settings are gone for good.',
  replacement:
    'the project is deleted, with its settings, before the new one is made. It has to be empty for that.',
  idFormat: '{region}/{projectName}',
  idExample: 'cn-shanghai/my-project',
  // An output bucket may have the same id.
  adoptedByTitle: true,
  args: {
    projectName: { ...PROJECT_NAME, description: 'The name of the project, unique in its region.' },
    region: { ...REGION, description: 'The region of the project.', source: 'api-facts.md §2.6' },
    description: DESCRIPTION,
    serviceRole: SERVICE_ROLE,
    templateId: TEMPLATE_ID,
    projectMaxDatasetCount: MAX_DATASETS,
    ...DATASET_LIMITS,
    tags: TAGS,
    adopt: adoptOf('project'),
  },
  outputs: { accountId: accountIdOf('project'), createTime: CREATE_TIME },
  ramActions: [
    { action: 'imm:CreateProject', steps: ['create'], resource: PROJECT_ARN },
    { action: 'imm:UpdateProject', steps: ['update'], resource: PROJECT_ARN },
    { action: 'imm:GetProject', steps: ['create', 'read', 'update', 'delete'], resource: PROJECT_ARN },
    { action: 'imm:DeleteProject', steps: ['delete'], resource: PROJECT_ARN },
    {
      action: 'imm:ListDatasets',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: `${PROJECT_ARN}/dataset/*`,
    },
    {
      action: 'imm:ListBindings',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: `${PROJECT_ARN}/dataset/*`,
    },
    {
      action: 'imm:ListAttachedOSSBuckets',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: PROJECT_ARN,
    },
    {
      action: 'imm:ListTriggers',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: `${PROJECT_ARN}/trigger/*`,
    },
    {
      action: 'imm:ListBatches',
      steps: ['delete'],
      where: 'to say what is in the way',
      resource: `${PROJECT_ARN}/batch/*`,
    },
    // Whether it has permissions for a part of the projects no page says (api-facts.md §2.4).
    { action: 'imm:ListProjects', steps: ['audit'], resource: '*', source: 'api-facts.md §2.4' },
    { action: 'ram:PassRole', steps: ['create', 'update'], resource: '*', source: 'api-facts.md §2.4' },
  ],
} as const satisfies ResourceDescription;

export const project: Lifecycle = defineObject(description, {
  get: 'GetProject',
  field: 'Project',
  list: (operation, { region }) =>
    pages(operation, {
      region: String(region),
      action: 'ListProjects',
      field: 'Projects',
      params: { MaxResults: 200 },
    }),
  holds: heldByProject,
});
