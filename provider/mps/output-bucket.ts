import { NotFoundError, UnknownCodeError } from '../alicloud/errors.js';
import type { Request } from '../alicloud/wire.js';
import { checkArgs } from '../lifecycle/check.js';
import { type InputsOf, type ResourceDescription, titleOf } from '../lifecycle/description.js';
import { diffArgs } from '../lifecycle/diff.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import { makeLink, removedLink, sure } from '../lifecycle/make-link.js';
import type { Operation } from '../lifecycle/operation.js';
import { accountIdOf, adoptOf, REGION } from '../lifecycle/shared-properties.js';
import { lookForBucket, type Presence, wroteBucket } from './media-buckets.js';

export const description = {
  module: 'mps',
  type: 'OutputBucket',
  service: 'mts',
  entry: 'output-bucket',
  summary:
    'Registers an OSS bucket with MPS as a bucket that jobs may write to. Registering moves and bills nothing; what jobs wrote stays in the bucket when it is unregistered.',
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
        'When this stack registered it or took it over, by our clock, RFC 3339: the service keeps no time.',
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

/** The service tells nothing about a registration but that it is there. */
interface Registration {
  readonly bucket: string;
}

export const outputBucket: Lifecycle = {
  description,

  check: (news, context) => checkArgs(description, news, context),

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
    const { bucket } = inputs as Inputs;
    const accountId = await operation.account();
    let presence: Presence = 'unproven';
    // A bind of what is there is refused, so one listing is enough here.
    const look = lookingAnew(operation, inputs, 'one listing');
    await makeLink<Registration>(operation, {
      title: titleOf(description),
      id: idOf(inputs),
      account: accountId,
      adopt: inputs.adopt === true,
      properties: { ...inputs, ...(accountId && { accountId }) },
      look: async () => {
        presence = await look();
        return presence === 'present' ? { bucket } : undefined;
      },
      provenMissing: () => presence === 'absent',
      unseen: () => (presence === 'unproven' ? { bucket } : undefined),
      make: async (tries) => {
        await writing(operation, inputs, () => operation.once(requestFor('BindOutputBucket', inputs), tries));
        return { bucket };
      },
      madeAt: () => undefined,
    });
    const boundAt = new Date(operation.now()).toISOString();
    return { id: idOf(inputs), outputs: { ...sure(inputs), ...(accountId && { accountId }), boundAt } };
  },

  async read(inputs, outputs, operation) {
    const { region } = inputs as Inputs;
    const id = idOf(inputs);
    const accountId = await operation.requireAccount(outputs.accountId);
    const age = () => operation.now() - Date.parse(String(outputs.boundAt));
    const look = lookingAnew(operation, inputs);
    const presence = await operation.beyondWindow(age, async () => {
      const found = await look();
      return found === 'absent' ? undefined : found;
    });
    if (presence === undefined) return undefined;
    if (presence === 'unproven') {
      if (outputs.unsure === true) return { id, inputs, outputs };
      if (outputs.boundAt === undefined)
        throw new Error(`the listing of ${region} does not show it and may be cut off.`);
      operation.say(
        'warning',
        `${titleOf(description)} ${id}: not in the listing, which may be cut off, so it is kept. Look it up in the MPS console.`,
      );
    }
    const boundAt = outputs.boundAt ?? new Date(operation.now()).toISOString();
    return { id, inputs, outputs: { ...sure(outputs), ...inputs, ...(accountId && { accountId }), boundAt } };
  },

  async update(outputs, news, operation) {
    const accountId = await operation.requireAccount(outputs.accountId);
    const { customTimeouts: _, ...kept } = outputs;
    const next = { ...kept, ...news, ...(accountId && { accountId }) };
    return outputs.unsure === true ? (await this.create(next, operation)).outputs : next;
  },

  async delete(outputs, operation) {
    const account = await operation.requireAccount(outputs.accountId);
    const requestId = await unbind(operation, outputs);
    const title = `${titleOf(description)} ${idOf(outputs)}`;
    removedLink(operation, idOf(outputs));
    operation.deleted(description, title, 'UnbindOutputBucket', account, requestId);
  },
};

function idOf(properties: Properties): string {
  const { region, bucket } = properties as Inputs;
  return `${region}/${bucket}`;
}

function requestFor(action: string, properties: Properties): Request {
  const { region, bucket } = properties as Inputs;
  return { service: 'mts', region, action, params: { Bucket: bucket }, changes: idOf(properties) };
}

/** A listing begun before the end of a write may or may not show it. */
async function writing<T>(operation: Operation, properties: Properties, work: () => Promise<T>): Promise<T> {
  const { region, bucket } = properties as Inputs;
  wroteBucket(operation, region, bucket);
  try {
    return await work();
  } finally {
    wroteBucket(operation, region, bucket);
  }
}

/** A look that may ride a listing of others; and, asked again, one that was begun since. */
function lookingAnew(
  operation: Operation,
  properties: Properties,
  proof?: 'one listing' | 'two listings',
): () => Promise<Presence> {
  const { region, bucket } = properties as Inputs;
  let after: number | undefined;
  return async () => {
    const presence = await lookForBucket(operation, region, bucket, proof, after);
    after = operation.now();
    return presence;
  };
}

/** Looks for a bucket that was unregistered at `since`: again and again while a listing may be behind. */
async function lookUntilGone(operation: Operation, properties: Properties, since: number): Promise<Presence> {
  const look = lookingAnew(operation, properties);
  const presence = await operation.beyondWindow(
    () => operation.now() - since,
    async () => {
      const seen = await look();
      return seen === 'present' ? undefined : seen;
    },
    'the listing still shows it, but may be behind, so it is looked at',
  );
  return presence ?? 'present';
}

/**
 * Unregisters the bucket and takes the answer; undefined where it was not registered. What the service answers for
 * a bucket that is not is UNKNOWN (api-facts.md §9.3), so a code that may mean it is held against the listing.
 */
async function unbind(operation: Operation, outputs: Properties): Promise<string | undefined> {
  try {
    const request = requestFor('UnbindOutputBucket', outputs);
    return (await writing(operation, outputs, () => operation.request(request))).requestId;
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof UnknownCodeError)) throw error;
    // A lost reply may have been the success, and the listing may still show what it ended.
    const presence = await lookUntilGone(operation, outputs, operation.now());
    // The service's own not-found needs no proof by a listing that may be cut off, only no contradiction.
    if (presence === 'absent' || (presence === 'unproven' && error instanceof NotFoundError))
      return undefined;
    throw error;
  }
}
