/** The resources of policies: api-facts.md §2.1, §2.4. */
export const PROJECT_ARN = 'acs:imm:{region}:{accountId}:project/{projectName}';
export const DATASET_ARN = `${PROJECT_ARN}/dataset/{datasetName}` as const;

/** What names a dataset. */
export interface DatasetNames {
  readonly region: string;
  readonly projectName: string;
  readonly datasetName: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const NAME_RULE = '1 to 128 letters, digits, "-" or "_", beginning with a letter or "_"';

export const PROJECT_NAME = {
  type: 'string',
  required: true,
  replaces: true,
  wire: 'ProjectName',
  matches: NAME,
  rule: NAME_RULE,
  description: 'The IMM project, of API version 2020-09-30.',
  source: 'api-facts.md §2.3, §2.4',
  example: 'my-project',
} as const;

export const DATASET_NAME = {
  type: 'string',
  required: true,
  replaces: true,
  wire: 'DatasetName',
  matches: NAME,
  rule: NAME_RULE,
  description: 'The dataset in the project.',
  source: 'api-facts.md §2.3',
  example: 'my-dataset',
} as const;

export const DESCRIPTION = {
  type: 'string',
  updates: true,
  wire: 'Description',
  reset: '',
  prose: true,
  matches: /^(?!\s*$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,256}$/u,
  rule: '1 to 256 characters that can be seen, on one line',
  description: 'What it is for, for people.',
  source: 'api-facts.md §2.3, §2.4',
  example: 'Videos of the shop',
} as const;

export const SERVICE_ROLE = {
  type: 'string',
  updates: true,
  wire: 'ServiceRole',
  reset: 'AliyunIMMDefaultRole',
  matches: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  rule: 'the name of a RAM role: 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit',
  description:
    'The role by which IMM reaches OSS. The caller needs ram:PassRole and every permission that the role has.',
  default: '`AliyunIMMDefaultRole`, by the service',
  source: 'api-facts.md §2.4',
  example: 'AliyunIMMDefaultRole',
} as const;

export const TAGS = {
  type: 'tags',
  updates: true,
  wire: 'Tag',
  reset: {},
  description: 'Tags of the project.',
  source: 'api-facts.md §2.4',
  example: '{ team: "media" }',
} as const;

export const TEMPLATE_ID = {
  type: 'string',
  updates: true,
  wire: 'TemplateId',
  reset: '',
  matches: /^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/,
  rule: 'the id of a workflow template: 1 to 128 letters, digits, ":", ".", "_" or "-"',
  description: 'The workflow template by which files are indexed.',
  source: 'api-facts.md §2.3, §2.4',
  example: 'Official:ImageManagement',
} as const;

export const CREATE_TIME = { type: 'string', description: 'When the service made it, RFC 3339.' } as const;

/** An argument that takes the project itself. */
export const PROJECT = {
  type: 'Project',
  fills: ['projectName'],
  description: 'The project, in place of its name and region. It is made before and deleted after.',
} as const;

/** An argument that takes the dataset itself. */
export const DATASET = {
  type: 'Dataset',
  fills: ['projectName', 'datasetName'],
  description: 'The dataset, in place of its names and region. It is made before and deleted after.',
} as const;

/** What functions show of an object. */
export const SHOWN_TIMES = {
  createTime: { ...CREATE_TIME, wire: 'CreateTime' },
  updateTime: {
    type: 'string',
    wire: 'UpdateTime',
    description: 'When it was updated last, RFC 3339; when it was made, where it never was.',
  },
} as const;

/** What functions show of a binding. */
export const BINDING_OUTPUTS = {
  state: { type: 'string', description: '`Ready`, `Running`, `Stopped`, `Retrying` or `Failed`.' },
  phase: { type: 'string', description: '`FullScanning`, `IncrementalScanning`, or empty.' },
  reason: {
    type: 'string',
    description: 'Why it is in this state, in the words of the service, or empty.',
  },
  createTime: CREATE_TIME,
} as const;
