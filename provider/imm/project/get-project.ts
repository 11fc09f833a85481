import { defineFunction, type MediaFunction } from '../../lifecycle/define-function.js';
import type { FunctionDescription } from '../../lifecycle/description.js';
import { idOf } from '../../lifecycle/ids.js';
import { shown } from '../../lifecycle/shown.js';
import { DATASET_LIMITS, MAX_DATASETS } from '../limits.js';
import { DESCRIPTION, PROJECT_ARN, SERVICE_ROLE, SHOWN_TIMES, TAGS, TEMPLATE_ID } from '../names.js';
import { showObject } from '../show-object.js';
import { countOf, mayLack, WITH_STATISTICS } from '../statistics.js';
import { description as project } from './project.js';

const { projectName, region } = project.args;

export const description = {
  module: 'imm',
  name: 'getProject',
  service: 'imm',
  entry: 'get-project',
  summary:
    'Asks for a project as the service shows it now, in a preview too; not while an argument is unknown. Fails where the project does not exist.',
  subject: 'imm.Project',
  idFormat: project.idFormat,
  args: { projectName, region, withStatistics: WITH_STATISTICS },
  outputs: {
    id: { type: 'string', description: `\`${project.idFormat}\`.` },
    description: DESCRIPTION,
    serviceRole: SERVICE_ROLE,
    templateId: TEMPLATE_ID,
    ...mayLack({ projectMaxDatasetCount: MAX_DATASETS, ...DATASET_LIMITS }),
    tags: TAGS,
    ...SHOWN_TIMES,
    datasetCount: countOf('DatasetCount', 'How many datasets it has.'),
    fileCount: countOf(
      'FileCount',
      'How many files are indexed, in datasets that were made before 2025-12-20: the service counts no others.',
    ),
    totalFileSize: countOf('TotalFileSize', 'The size of those files, in bytes.'),
  },
  ramActions: [{ action: 'imm:GetProject', when: 'always', resource: PROJECT_ARN }],
} as const satisfies FunctionDescription;

export const getProject: MediaFunction = defineFunction(description, async (inputs, operation) => {
  const row = await showObject(operation, {
    region: inputs.region,
    action: 'GetProject',
    field: 'Project',
    names: { ProjectName: inputs.projectName },
    withStatistics: inputs.withStatistics,
    what: 'it',
  });
  return shown(description, row, inputs, { id: idOf(description, inputs) });
});
