import type { Answer } from '../alicloud/sending/wire.js';
import { defineLink } from '../lifecycle/define-link.js';
import type { ResourceDescription } from '../lifecycle/description.js';
import { idOf } from '../lifecycle/ids.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import type { Operation } from '../lifecycle/operation.js';
import type { Sending } from '../lifecycle/sending.js';
import {
  type Direction,
  listedBuckets,
  lookForBucket,
  type Registration,
  wroteBucket,
} from './media-buckets.js';

export const BOUND_AT = {
  type: 'string',
  description:
    'When this stack registered it or took it over, by the clock of the service, RFC 3339: it keeps no time of it itself.',
} as const;

/** Registers buckets with MPS in one direction. One bucket may be registered in both, each by itself. */
export function defineRegistration<D extends ResourceDescription>(
  description: D,
  direction: Direction,
): Lifecycle {
  return defineLink(description, {
    link: (operation, inputs) => {
      const { region, bucket, referer } = inputs as unknown as Registration;
      const registration: Registration = { region, bucket };
      const write = (action: string, sending: Sending) =>
        registering(
          operation,
          registration,
          { action, direction, referer, changes: idOf(description, inputs) },
          sending,
        );
      return {
        hasIdentity: false,
        showsItsEnd: false,
        unseen: registration,
        look: (asked) => lookForBucket(operation, direction, registration, asked),
        make: async (sending) => {
          await write(description.calls.make, sending);
          return registration;
        },
        remove: (sending) => write(description.calls.remove, sending),
        madeAt: () => undefined,
        show: () => 'in the listing',
        cannotTake: (found) =>
          referer === undefined || found === registration || found.referer === referer
            ? undefined
            : `it is registered already, with ${found.referer === undefined ? 'no referer' : `the referer ${found.referer}`}, ` +
              'which no action changes. Nothing was sent. Say the same referer, or leave it out.',
      };
    },
    // The service keeps no time of it, so it is the time at which it answered.
    observed: ({ referer }: Registration, { boundAt, referer: said }: Properties, operation) => ({
      boundAt: boundAt ?? new Date(operation.serviceNow()).toISOString(),
      ...(said !== undefined && { referer }),
    }),
    argsOf: ({ referer }) => (referer === undefined ? {} : { referer }),
    async list(operation, { region }) {
      const { rows, complete } = await listedBuckets(operation, String(region));
      const own = [...rows.values()].filter((row) => row.direction === direction);
      return {
        rows: own.map(({ bucket, referer }) => [
          { region, bucket },
          { region: String(region), bucket, ...(referer !== undefined && { referer }) },
        ]),
        isComplete: complete,
      };
    },
    unseen: 'not in the listing, which may be cut off',
  });
}

interface Writing {
  readonly action: string;
  readonly direction: Direction;
  readonly referer: string | undefined;
  readonly changes: string;
}

/** A listing begun before the end of a write may or may not show it. */
async function registering(
  operation: Operation,
  { region, bucket }: Registration,
  { action, direction, referer, changes }: Writing,
  sending: Sending,
): Promise<Answer> {
  const isSent = referer !== undefined && action.startsWith('Bind');
  const params = { Bucket: bucket, ...(isSent && { Referer: referer }) };
  const request = { service: 'mts', region, action, params, changes } as const;
  wroteBucket(operation, region, direction, bucket);
  try {
    return await operation.send(request, sending);
  } finally {
    wroteBucket(operation, region, direction, bucket);
  }
}
