import type { Answer } from '../alicloud/wire.js';
import { checkArgs } from '../lifecycle/check.js';
import { type InputsOf, type ResourceDescription, titleOf } from '../lifecycle/description.js';
import { diffArgs } from '../lifecycle/diff.js';
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
import { lookForBucket, type Registration, wroteBucket } from './media-buckets.js';

export const description = {
  module: 'mps',
  type: 'OutputBucket',
  service: 'mts',
  entry: 'output-bucket',
  summary:
    'Registers an OSS bucket with MPS as a bucket that jobs may write to. Registering moves and bills nothing; what jobs wrote stays in the bucket when it is unregistered.',
  removes: 'UnbindOutputBucket',
  stops: 'MPS has it as an output bucket no longer.',
  replacement:
    'it is unregistered before the new one is registered. In between MPS has neither as an output bucket.',
  idFormat: '{region}/{bucket}',
  idExample: 'cn-shanghai/my-bucket',
  args: {
    bucket: {
      type: 'string',
      required: true,
      replaces: true,
      matches: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
      rule: '3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit',
      description: 'The name of the OSS bucket, in the region of MPS that is used.',
      source: 'api-facts.md §3.3',
      example: 'my-bucket',
    },
    region: { ...REGION, description: 'The region of the bucket.', source: 'api-facts.md §3.2' },
    adopt: adoptOf('registration'),
  },
  outputs: {
    accountId: accountIdOf('registration'),
    boundAt: {
      type: 'string',
      description:
        'When this stack registered it or took it over, by the clock of the service, RFC 3339: it keeps no time of it itself.',
    },
  },
  // No resource-level permission: api-facts.md §3.
  ramActions: [
    { action: 'mts:BindOutputBucket', when: 'create', resource: '*' },
    {
      action: 'mts:ListAllMediaBucket',
      when: 'create, read, and delete after an unclear answer',
      resource: '*',
    },
    { action: 'mts:UnbindOutputBucket', when: 'delete', resource: '*' },
  ],
} as const satisfies ResourceDescription;

type Inputs = InputsOf<typeof description>;

export const outputBucket: Lifecycle = {
  description,

  check: (news, context, olds) => checkArgs(outputBucket, news, context, olds),

  diff: (outputs, news) => diffArgs(description, outputs, news),

  idOf,

  inputsOf(id) {
    const [region = '', bucket = '', ...rest] = id.split('/');
    const { args } = description;
    return rest.length === 0 && args.region.matches.test(region) && args.bucket.matches.test(bucket)
      ? { bucket, region }
      : undefined;
  },

  async create(inputs, operation) {
    const accountId = await operation.account();
    const properties = { ...inputs, ...(accountId && { accountId }) };
    return { id: idOf(inputs), outputs: await bring(operation, properties) };
  },

  async read(inputs, outputs, operation) {
    const link = linkOf(operation, inputs);
    const { title, id } = link;
    const accountId = await operation.requireAccount(outputs.accountId);
    const seen = await findLink(operation, link, outputs);
    if (seen.is === 'gone') return undefined;
    const { claim, unfinished } = standingOf(outputs);
    const kept = { ...inputs, ...(accountId && { accountId }) };
    if (seen.is === 'ours') {
      const boundAt = outputs.boundAt ?? timeOf(operation);
      return { id, inputs, outputs: keeping({ ...kept, boundAt }, { claim }) };
    }
    const isDoubtful = doubtOf(outputs) !== undefined;
    // An id alone: nothing says that there ever was one.
    if (!isDoubtful && outputs.boundAt === undefined)
      throw new Error(`the listing of ${inputs.region} does not show it and may be cut off.`);
    const why =
      seen.is === 'not known'
        ? 'it is there, and its create was cut off: it may be of it or of somebody else'
        : 'not in the listing, which may be cut off';
    operation.say('warning', `${title} ${id}: ${why}, so it is kept. Look it up in the MPS console.`);
    const { boundAt } = outputs;
    return {
      id,
      inputs,
      outputs: keeping({ ...kept, ...(boundAt !== undefined && { boundAt }) }, { claim, unfinished }),
    };
  },

  async update(outputs, news, operation) {
    const accountId = await operation.requireAccount(outputs.accountId);
    const next = { ...outputsIn(description, outputs), ...news, ...(accountId && { accountId }) };
    const kept = keeping(next, standingOf(outputs));
    return doubtOf(outputs) === undefined ? kept : bring(operation, kept);
  },

  async delete(outputs, operation) {
    const account = await operation.requireAccount(outputs.accountId);
    const link = linkOf(operation, outputs);
    const removed = await removeLink(operation, link, outputs);
    if (removed.is !== 'theirs') sayRemoved(operation, description, link, account, removed);
  },
};

/** Registers it, or finds what a create in doubt has registered. */
async function bring(operation: Operation, properties: Properties): Promise<Properties> {
  const { adopt, accountId: account } = properties as Inputs & { readonly accountId?: string };
  const link = { ...linkOf(operation, properties), account, adopt: adopt === true, properties };
  await makeLink<Registration>(operation, link);
  const { claim } = standingOf(properties);
  return keeping({ ...properties, boundAt: timeOf(operation) }, { claim });
}

function linkOf(operation: Operation, properties: Properties): Link<Registration> {
  const { region, bucket } = properties as Inputs;
  const registration = { region, bucket };
  return {
    title: titleOf(description),
    id: idOf(properties),
    hasIdentity: false,
    showsItsEnd: false,
    unseen: registration,
    look: (asked) => lookForBucket(operation, registration, asked),
    make: async (tries) => {
      await write('BindOutputBucket', operation, registration, tries);
      return registration;
    },
    remove: (tries) => write('UnbindOutputBucket', operation, registration, tries),
    madeAt: () => undefined,
    show: () => 'in the listing',
  };
}

function idOf(properties: Properties): string {
  const { region, bucket } = properties as Inputs;
  return `${region}/${bucket}`;
}

/** The service keeps no time of it, so it is the time at which it answered. */
function timeOf(operation: Operation): string {
  return new Date(operation.serviceNow()).toISOString();
}

/** A listing begun before the end of a write may or may not show it. */
async function write(
  action: 'BindOutputBucket' | 'UnbindOutputBucket',
  operation: Operation,
  { region, bucket }: Registration,
  tries: number,
): Promise<Answer> {
  const request = { service: 'mts', region, action, params: { Bucket: bucket } } as const;
  wroteBucket(operation, region, bucket);
  try {
    return await operation.once({ ...request, changes: idOf({ region, bucket }) }, tries);
  } finally {
    wroteBucket(operation, region, bucket);
  }
}
