import { checkArgs } from '../lifecycle/check.js';
import { type InputsOf, type ResourceDescription, titleOf } from '../lifecycle/description.js';
import { diffArgs, replaceFor } from '../lifecycle/diff.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import { isOlder, makeLink, removedLink, sure } from '../lifecycle/make-link.js';
import type { Operation } from '../lifecycle/operation.js';
import { accountIdOf, adoptOf, REGION } from '../lifecycle/shared-properties.js';
import { type Binding, type BindingLink, idOf } from './binding.js';
import { lookAtBinding, readBinding } from './look-at-binding.js';
import { settle, stateOf } from './settle-binding.js';
import { createBinding, deleteBinding } from './write-binding.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const NAME_RULE = '1 to 128 letters, digits, "-" or "_", beginning with a letter or "_"';
const URI = /^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** Replies may give the same time with more or fewer digits. */
const SAME_MOMENT = 1_000;
const DATASET_ARN = 'acs:imm:{region}:{accountId}:project/{projectName}/dataset/{datasetName}';

export const description = {
  module: 'imm',
  type: 'DatasetBinding',
  service: 'imm',
  entry: 'dataset-binding',
  summary:
    'Binds an OSS bucket to an IMM dataset: IMM indexes the objects that are in the bucket and follows its changes, until the binding is deleted. Scanning and indexing are billed.',
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
      description: 'Do not wait until the new binding is Running. A change does nothing.',
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
    { action: 'imm:GetBinding', when: 'create, read, delete', resource: DATASET_ARN },
    {
      action: 'imm:ListBindings',
      when: 'read and delete, where the service does not say what is not found',
      resource: DATASET_ARN,
    },
    { action: 'imm:DeleteBinding', when: 'delete', resource: DATASET_ARN },
  ],
} as const satisfies ResourceDescription;

type Inputs = InputsOf<typeof description>;

export const datasetBinding: Lifecycle = {
  description,

  check: (news, context) => checkArgs(description, news, context),

  diff(outputs, news) {
    const diff = diffArgs(description, outputs, news);
    // A binding that failed never recovers: the service tells to make it anew.
    return outputs.status === 'Failed' && diff.replaces.length === 0 ? replaceFor('status') : diff;
  },

  idOf: (inputs) => idOf(linkOf(inputs)),

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
    const link = linkOf(inputs);
    const id = idOf(link);
    const accountId = await operation.account();
    const made = await makeLink<Binding>(operation, {
      title: titleOf(description),
      id,
      account: accountId,
      adopt: inputs.adopt === true,
      properties: { ...inputs, ...(accountId && { accountId }) },
      look: () => readBinding(operation, link),
      make: (tries) => createBinding(operation, link, tries),
      madeAt: ({ createTime }) => Date.parse(createTime),
    });
    return {
      id,
      outputs: await settle(operation, link, { ...inputs, ...(accountId && { accountId }) }, made),
    };
  },

  async read(inputs, outputs, operation) {
    const link = linkOf(inputs);
    const id = idOf(link);
    const accountId = await operation.requireAccount(outputs.accountId);
    const binding = await operation.beyondWindow(ageOf(outputs, operation), () =>
      readBinding(operation, link),
    );
    if (binding === undefined) return undefined;
    if (!isOwn(binding, outputs)) {
      operation.say(
        'warning',
        `${titleOf(description)} ${id}: gone. ${another(binding, outputs)} It is not in this stack.`,
      );
      return undefined;
    }
    const now = { ...sure(outputs), ...inputs, ...(accountId && { accountId }), ...stateOf(binding) };
    if (outputs.status !== undefined && outputs.status !== now.status) {
      const reason = binding.reason && `, reason: ${binding.reason}`;
      operation.say(
        'warning',
        `${titleOf(description)} ${id}: status was ${outputs.status} and is ${now.status} (State ${binding.state}${reason}).`,
      );
    }
    return { id, inputs, outputs: now };
  },

  async update(outputs, news, operation) {
    const accountId = await operation.requireAccount(outputs.accountId);
    const { waiting, customTimeouts: _, ...kept } = outputs;
    const next = { ...kept, ...news, ...(accountId && { accountId }) };
    if (outputs.unsure === true) return (await this.create(next, operation)).outputs;
    if (waiting !== true) return next;
    // The create was cut off while it waited; this goes on waiting.
    const link = linkOf(news);
    const binding = await operation.beyondWindow(ageOf(outputs, operation), () =>
      lookAtBinding(operation, link),
    );
    if (binding === undefined || !isOwn(binding, outputs))
      throw new Error('it is gone. Run `pulumi refresh`, then `pulumi up` makes it anew.');
    return settle(operation, link, next, binding);
  },

  async delete(outputs, operation) {
    const link = linkOf(outputs);
    const title = `${titleOf(description)} ${idOf(link)}`;
    const account = await operation.requireAccount(outputs.accountId);
    const look = async () => {
      const binding = await readBinding(operation, link);
      return binding && isOwn(binding, outputs) ? binding : { gone: true as const, other: binding };
    };
    const before = await look();
    if ('gone' in before && before.other) {
      operation.say(
        'warning',
        `${title}: already gone. ${another(before.other, outputs)} That one was left alone.`,
      );
      return;
    }
    // Sent even where the look found nothing: right after a create a look may be behind.
    const requestId = await deleteBinding(operation, link);
    await operation.until('waiting until it is deleted', async (saw) => {
      const now = await look();
      if ('gone' in now) return true;
      saw(`State ${now.state}`);
      return undefined;
    });
    removedLink(operation, idOf(link));
    operation.deleted(description, title, 'DeleteBinding', account, requestId);
  },
};

function linkOf(properties: Properties): BindingLink {
  const { region, projectName, datasetName, uri } = properties as Inputs;
  return { region, projectName, datasetName, uri };
}

function ageOf({ createTime }: Properties, operation: Operation): () => number {
  return () => (operation.serviceNow() ?? operation.now()) - Date.parse(String(createTime));
}

/** A binding of the same name that was made at another time is another binding. */
function isOwn(binding: Binding, outputs: Properties): boolean {
  const [own, seen] = [Date.parse(String(outputs.createTime)), Date.parse(binding.createTime)];
  if (outputs.unsure === true) return !isOlder(seen, Date.parse(String(outputs.triedSince)));
  return Number.isNaN(own) || Number.isNaN(seen) || Math.abs(own - seen) < SAME_MOMENT;
}

function another(binding: Binding, outputs: Properties): string {
  return `The one of this stack was created ${outputs.createTime}; one of the same name was created ${binding.createTime} by somebody else.`;
}
