import { another } from '../../lifecycle/another.js';
import { defineLink } from '../../lifecycle/define-link.js';
import type { ResourceDescription } from '../../lifecycle/description.js';
import type { Lifecycle } from '../../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, REGION } from '../../lifecycle/shared-properties.js';
import { timeIn } from '../../lifecycle/standing.js';
import { DATASET, DATASET_ARN, DATASET_NAME, type DatasetNames, PROJECT_NAME } from '../names.js';
import type { Binding } from './binding.js';
import { listBindings } from './list-bindings.js';
import { lookAtBinding } from './look-at-binding.js';
import { isSettled, settle, stateOf } from './settle-binding.js';
import { createBinding, deleteBinding } from './write-binding.js';

const URI = /^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

export const description = {
  module: 'imm',
  type: 'DatasetBinding',
  service: 'imm',
  entry: 'dataset-binding',
  summary:
    'Binds an OSS bucket to an IMM dataset: IMM indexes the objects that are in the bucket and follows its changes, until the binding is deleted. Scanning and indexing are billed.',
  calls: { make: 'CreateBinding', remove: 'DeleteBinding', reads: ['ListBindings', 'GetBinding'] },
  stops: 'New changes in the bucket are not indexed any more.',
  replacement:
    'the binding is deleted before the new one is made. Changes in between are not followed, and the bucket is scanned again as a whole, which is billed.',
  idFormat: '{region}/{projectName}/{datasetName}/{uri}',
  idExample: 'cn-shanghai/my-project/my-dataset/oss://my-bucket',
  parents: { dataset: DATASET },
  args: {
    projectName: PROJECT_NAME,
    datasetName: {
      ...DATASET_NAME,
      description: 'The dataset in the project. A dataset takes up to 10 bindings.',
    },
    uri: {
      type: 'string',
      required: true,
      replaces: true,
      matches: URI,
      rule: 'oss:// and the name of the bucket without a path: 3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit',
      description: 'The OSS bucket, in the region of the project.',
      source: 'api-facts.md §2.1, §3.3',
      example: 'oss://my-bucket',
    },
    region: { ...REGION, description: 'The region of project and bucket.', source: 'api-facts.md §2.6' },
    adopt: adoptOf('binding'),
    skipAwait: {
      type: 'boolean',
      description: 'Do not wait until the new binding is Running. A change sends nothing.',
      default: '`false`',
      example: 'true',
    },
  },
  outputs: {
    accountId: accountIdOf('binding'),
    createTime: { type: 'string', description: 'When the service made it, RFC 3339.' },
    status: {
      type: 'string',
      values: ['Active', 'Stopped', 'Failed'],
      description:
        '`Active` for the states Ready, Running and Retrying of the service. `Failed` is replaced by the next `up`.',
    },
    failedReason: {
      type: 'string',
      optional: true,
      description: 'Why it is `Failed`, in the words of the service.',
    },
  },
  ramActions: [
    { action: 'imm:CreateBinding', steps: ['create'], resource: DATASET_ARN },
    {
      action: 'imm:ListBindings',
      steps: ['create', 'read', 'delete', 'audit'],
      where: 'one listing of a dataset serves all of its bindings',
      resource: DATASET_ARN,
    },
    {
      action: 'imm:GetBinding',
      steps: ['read', 'delete'],
      where: 'where the listing does not show it; instead of the listing, where that is denied',
      resource: DATASET_ARN,
    },
    { action: 'imm:DeleteBinding', steps: ['delete'], resource: DATASET_ARN },
  ],
} as const satisfies ResourceDescription;

export const datasetBinding: Lifecycle = defineLink(description, {
  link: (operation, names) => ({
    hasIdentity: true,
    showsItsEnd: true,
    look: (asked) => lookAtBinding(operation, names, asked),
    make: (sending) => createBinding(operation, names, sending),
    remove: (sending) => deleteBinding(operation, names, sending),
    madeAt: ({ createTime }) => timeIn(createTime),
    show: ({ state }) => `State ${state}`,
  }),

  observed(found: Binding, outputs, operation) {
    const now = stateOf(found, outputs);
    if (outputs.status !== undefined && outputs.status !== now.status) {
      const reason = found.reason && `, reason: ${found.reason}`;
      operation.say(
        'warning',
        `${operation.subject}: status was ${outputs.status} and is ${now.status} (State ${found.state}${reason}).`,
      );
    }
    return { ...now };
  },

  async list(operation, within) {
    const { region, projectName, datasetName } = within as unknown as DatasetNames;
    const listing = await listBindings(operation, { region, projectName, datasetName });
    const rows = [...listing].map(
      ([uri, found]) => [{ region, projectName, datasetName, uri }, found] as const,
    );
    return { rows, isComplete: true };
  },

  trouble({ state, reason }) {
    if (state !== 'Stopped' && state !== 'Failed') return undefined;
    return reason === '' ? state : `${state}: ${reason}`;
  },

  another: ({ createTime }, outputs) => another(outputs, `one of the same name was created ${createTime}`),

  // A binding that failed never recovers: the service tells to make it anew.
  failed: ({ status }) => (status === 'Failed' ? 'status' : undefined),

  settling: { settle, isSettled },
});
