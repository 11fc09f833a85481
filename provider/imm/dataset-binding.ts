import { checkArgs } from '../lifecycle/check.js';
import { type InputsOf, type ResourceDescription, titleOf } from '../lifecycle/description.js';
import { diffArgs, replaceFor } from '../lifecycle/diff.js';
import { findLink } from '../lifecycle/find-link.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import type { Link } from '../lifecycle/link.js';
import { makeLink } from '../lifecycle/make-link.js';
import type { Operation } from '../lifecycle/operation.js';
import { outputsIn } from '../lifecycle/outputs.js';
import { removeLink } from '../lifecycle/remove-link.js';
import { sayRemoved } from '../lifecycle/removed.js';
import { accountIdOf, adoptOf, REGION } from '../lifecycle/shared-properties.js';
import { doubtOf, keeping, standingOf } from '../lifecycle/standing.js';
import { type Binding, type BindingNames, idOf } from './binding.js';
import { lookAtBinding } from './look-at-binding.js';
import { isSettled, settle, stateOf } from './settle-binding.js';
import { createBinding, deleteBinding } from './write-binding.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const NAME_RULE = '1 to 128 letters, digits, "-" or "_", beginning with a letter or "_"';
const URI = /^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const DATASET_ARN = 'acs:imm:{region}:{accountId}:project/{projectName}/dataset/{datasetName}';

export const description = {
  module: 'imm',
  type: 'DatasetBinding',
  service: 'imm',
  entry: 'dataset-binding',
  summary:
    'Binds an OSS bucket to an IMM dataset: IMM indexes the objects that are in the bucket and follows its changes, until the binding is deleted. Scanning and indexing are billed.',
  removes: 'DeleteBinding',
  stops: 'New changes in the bucket are not indexed any more.',
  replacement:
    'the binding is deleted before the new one is made. Changes in between are not followed, and the bucket is scanned again as a whole, which is billed.',
  idFormat: '{region}/{projectName}/{datasetName}/{uri}',
  idExample: 'cn-shanghai/my-project/my-dataset/oss://my-bucket',
  args: {
    projectName: {
      type: 'string',
      required: true,
      replaces: true,
      matches: NAME,
      rule: NAME_RULE,
      description: 'The IMM project, of API version 2020-09-30.',
      source: 'api-facts.md §2.3, §2.4',
      example: 'my-project',
    },
    datasetName: {
      type: 'string',
      required: true,
      replaces: true,
      matches: NAME,
      rule: NAME_RULE,
      description: 'The dataset in the project. A dataset takes up to 10 bindings.',
      source: 'api-facts.md §2.3',
      example: 'my-dataset',
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
    { action: 'imm:CreateBinding', when: 'create', resource: DATASET_ARN },
    {
      action: 'imm:ListBindings',
      when: 'create, read, delete: one listing of a dataset serves all of its bindings',
      resource: DATASET_ARN,
    },
    {
      action: 'imm:GetBinding',
      when: 'read and delete, where the listing does not show it; instead of the listing, where that is denied',
      resource: DATASET_ARN,
    },
    { action: 'imm:DeleteBinding', when: 'delete', resource: DATASET_ARN },
  ],
} as const satisfies ResourceDescription;

type Inputs = InputsOf<typeof description>;

export const datasetBinding: Lifecycle = {
  description,

  check: (news, context, olds) => checkArgs(datasetBinding, news, context, olds),

  diff(outputs, news) {
    const diff = diffArgs(description, outputs, news);
    // A binding that failed never recovers: the service tells to make it anew.
    return outputs.status === 'Failed' && diff.replaces.length === 0 ? replaceFor('status') : diff;
  },

  idOf: (inputs) => idOf(namesOf(inputs)),

  inputsOf(id) {
    const [, region, projectName, datasetName, uri] =
      /^([^/]+)\/([^/]+)\/([^/]+)\/(oss:\/\/.+)$/.exec(id) ?? [];
    const inputs = { projectName, datasetName, uri, region };
    return Object.entries(inputs).every(([name, value]) =>
      description.args[name as keyof typeof inputs].matches.test(value ?? ''),
    )
      ? inputs
      : undefined;
  },

  async create(inputs, operation) {
    const accountId = await operation.account();
    const properties = { ...inputs, ...(accountId && { accountId }) };
    return { id: idOf(namesOf(inputs)), outputs: await bring(operation, properties) };
  },

  async read(inputs, outputs, operation) {
    const link = linkOf(operation, inputs);
    const accountId = await operation.requireAccount(outputs.accountId);
    const seen = await findLink(operation, link, outputs);
    if (seen.is === 'theirs') {
      const text = `${link.title} ${link.id}: gone. ${another(seen.found, outputs)} It is not in this stack.`;
      operation.say('warning', text);
    }
    if (seen.is !== 'ours') return undefined;
    const { claim, unfinished } = standingOf(outputs);
    const waiting = unfinished !== undefined && !isSettled(seen.found, inputs);
    const observed = { ...inputs, ...(accountId && { accountId }), ...stateOf(seen.found, outputs) };
    const now = keeping(observed, { claim, unfinished: waiting ? 'waiting' : undefined });
    if (outputs.status !== undefined && outputs.status !== now.status) {
      const reason = seen.found.reason && `, reason: ${seen.found.reason}`;
      operation.say(
        'warning',
        `${link.title} ${link.id}: status was ${outputs.status} and is ${now.status} (State ${seen.found.state}${reason}).`,
      );
    }
    return { id: link.id, inputs, outputs: now };
  },

  async update(outputs, news, operation) {
    const accountId = await operation.requireAccount(outputs.accountId);
    const { claim, unfinished } = standingOf(outputs);
    const next = keeping(
      { ...outputsIn(description, outputs), ...news, ...(accountId && { accountId }) },
      { claim, unfinished: doubtOf(outputs) },
    );
    if (doubtOf(outputs) !== undefined) return bring(operation, next);
    if (unfinished !== 'waiting') return next;
    // The create was cut off while it waited; this goes on waiting.
    const seen = await findLink(operation, linkOf(operation, news), outputs);
    if (seen.is !== 'ours')
      throw new Error('it is gone. Run `pulumi refresh`, then `pulumi up` makes it anew.');
    return settle(operation, namesOf(news), next, seen.found);
  },

  async delete(outputs, operation) {
    const account = await operation.requireAccount(outputs.accountId);
    const link = linkOf(operation, outputs);
    const removed = await removeLink(operation, link, outputs);
    if (removed.is !== 'theirs') return sayRemoved(operation, description, link, account, removed);
    const text = `already gone. ${another(removed.found, outputs)} That one was left alone.`;
    operation.say('warning', `${link.title} ${link.id}: ${text}`);
  },
};

/** Makes it, or finds what a create in doubt has made, and waits for it. */
async function bring(operation: Operation, properties: Properties): Promise<Properties> {
  const { adopt, accountId: account } = properties as Inputs & { readonly accountId?: string };
  const link = { ...linkOf(operation, properties), account, adopt: adopt === true, properties };
  return settle(operation, namesOf(properties), properties, await makeLink<Binding>(operation, link));
}

function linkOf(operation: Operation, properties: Properties): Link<Binding> {
  const names = namesOf(properties);
  return {
    title: titleOf(description),
    id: idOf(names),
    hasIdentity: true,
    showsItsEnd: true,
    look: (asked) => lookAtBinding(operation, names, asked),
    make: (tries) => createBinding(operation, names, tries),
    remove: (tries) => deleteBinding(operation, names, tries),
    madeAt: ({ createTime }) => timeOf(createTime),
    show: ({ state }) => `State ${state}`,
  };
}

function namesOf(properties: Properties): BindingNames {
  const { region, projectName, datasetName, uri } = properties as Inputs;
  return { region, projectName, datasetName, uri };
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function another(binding: Binding, outputs: Properties): string {
  const own = outputs.createTime === undefined ? 'could not be made' : `was created ${outputs.createTime}`;
  return `The one of this stack ${own}; one of the same name was created ${binding.createTime} by somebody else.`;
}
