import { NotFoundError, UnknownCodeError } from '../alicloud/errors.js';
import type { Request } from '../alicloud/wire.js';
import { checkArgs } from '../lifecycle/check.js';
import { type InputsOf, type ResourceDescription, titleOf } from '../lifecycle/description.js';
import { diffArgs } from '../lifecycle/diff.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import { makeLink } from '../lifecycle/make-link.js';
import type { Operation } from '../lifecycle/operation.js';
import { lookForBucket, type Presence } from './media-buckets.js';

export const description = {
  module: 'mps',
  type: 'OutputBucket',
  service: 'mts',
  entry: 'output-bucket',
  summary:
    'Registers an OSS bucket with MPS as a bucket that jobs may write to. Registering moves and bills nothing; what jobs wrote stays in the bucket when it is unregistered.',
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
    region: {
      type: 'string',
      replaces: true,
      matches: /^[a-z]{2}-[a-z0-9-]{2,30}$/,
      rule: 'the id of a region, such as cn-shanghai',
      description: 'The region of the bucket.',
      default: 'the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and its kin',
      source: 'api-facts.md §3.2',
      example: 'cn-shanghai',
    },
    adopt: {
      type: 'boolean',
      description: 'Take over a registration that exists already and is in no stack. A change does nothing.',
      default: '`false`',
      example: 'true',
    },
  },
  outputs: {
    accountId: {
      type: 'string',
      optional: true,
      description: 'The account that owns the registration. Absent under `skipRequestingAccountId`.',
    },
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

/**
 * What this process unregistered, and when. A listing that is behind still shows it, which must not bar the
 * second half of a replacement.
 */
const unregistered = new Map<string, number>();

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
    const { region, bucket } = inputs as Inputs;
    const accountId = await operation.account();
    let presence: Presence = 'unproven';
    let since = unregistered.get(keyOf(accountId, inputs));
    await makeLink<Registration>(operation, {
      title: titleOf(description),
      id: idOf(inputs),
      account: accountId,
      adopt: inputs.adopt === true,
      look: async () => {
        presence =
          since === undefined
            ? await lookForBucket(operation, region, bucket)
            : await lookUntilGone(operation, inputs, since);
        // Later looks are for what this create made.
        since = undefined;
        return presence === 'present' ? { bucket } : undefined;
      },
      provenMissing: () => presence === 'absent',
      unseen: () => (presence === 'unproven' ? { bucket } : undefined),
      make: async () => {
        await operation.once(requestFor('BindOutputBucket', inputs));
        return { bucket };
      },
      madeAt: () => undefined,
    });
    const boundAt = new Date(operation.now()).toISOString();
    return { id: idOf(inputs), outputs: { ...inputs, ...(accountId && { accountId }), boundAt } };
  },

  async read(inputs, outputs, operation) {
    const { region, bucket } = inputs as Inputs;
    const id = idOf(inputs);
    const accountId = await operation.requireAccount(outputs.accountId);
    const age = () => operation.now() - Date.parse(String(outputs.boundAt));
    const presence = await operation.beyondWindow(age, async () => {
      const found = await lookForBucket(operation, region, bucket);
      return found === 'absent' ? undefined : found;
    });
    if (presence === undefined) return undefined;
    if (presence === 'unproven') {
      if (outputs.boundAt === undefined)
        throw new Error(`the listing of ${region} does not show it and may be cut off.`);
      operation.say(
        'warning',
        `${titleOf(description)} ${id}: not in the listing, which may be cut off, so it is kept. Look it up in the MPS console.`,
      );
    }
    const boundAt = outputs.boundAt ?? new Date(operation.now()).toISOString();
    return { id, inputs, outputs: { ...outputs, ...inputs, ...(accountId && { accountId }), boundAt } };
  },

  async update(outputs, news, operation) {
    const accountId = await operation.requireAccount(outputs.accountId);
    const { customTimeouts: _, ...kept } = outputs;
    return { ...kept, ...news, ...(accountId && { accountId }) };
  },

  async delete(outputs, operation) {
    const account = await operation.requireAccount(outputs.accountId);
    const requestId = await unbind(operation, outputs);
    unregistered.set(keyOf(account, outputs), operation.now());
    const what = requestId === undefined ? 'already gone' : 'UnbindOutputBucket';
    operation.done(what, `${titleOf(description)} ${idOf(outputs)}`, account, requestId);
  },
};

function idOf(properties: Properties): string {
  const { region, bucket } = properties as Inputs;
  return `${region}/${bucket}`;
}

function keyOf(account: string | undefined, properties: Properties): string {
  return `${account ?? ''}/${idOf(properties)}`;
}

function requestFor(action: string, properties: Properties): Request {
  const { region, bucket } = properties as Inputs;
  return { service: 'mts', region, action, params: { Bucket: bucket } };
}

/** Looks for a bucket that was unregistered at `since`: again and again while a listing may be behind. */
async function lookUntilGone(operation: Operation, properties: Properties, since: number): Promise<Presence> {
  const { region, bucket } = properties as Inputs;
  const presence = await operation.beyondWindow(
    () => operation.now() - since,
    async () => {
      const seen = await lookForBucket(operation, region, bucket);
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
    return (await operation.request(requestFor('UnbindOutputBucket', outputs))).requestId;
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
