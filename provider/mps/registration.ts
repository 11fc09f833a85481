import type { Answer } from '../alicloud/wire.js';
import { defineLink } from '../lifecycle/define-link.js';
import type { ResourceDescription } from '../lifecycle/description.js';
import { idOf } from '../lifecycle/ids.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import type { Operation } from '../lifecycle/operation.js';
import { type Direction, lookForBucket, type Registration, wroteBucket } from './media-buckets.js';

/** The argument of every registration. */
export const BUCKET = {
  type: 'string',
  required: true,
  replaces: true,
  matches: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  rule: '3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit',
  description: 'The name of the OSS bucket, in the region of MPS that is used.',
  source: 'api-facts.md §3.3',
  example: 'my-bucket',
} as const;

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
      const { region, bucket } = inputs as unknown as Registration;
      const registration = { region, bucket };
      const write = (action: string, tries: number) =>
        registering(
          operation,
          registration,
          { action, direction, changes: idOf(description, inputs) },
          tries,
        );
      return {
        hasIdentity: false,
        showsItsEnd: false,
        unseen: registration,
        look: (asked) => lookForBucket(operation, direction, registration, asked),
        make: async (tries) => {
          await write(description.calls.make, tries);
          return registration;
        },
        remove: (tries) => write(description.calls.remove, tries),
        madeAt: () => undefined,
        show: () => 'in the listing',
      };
    },
    // The service keeps no time of it, so it is the time at which it answered.
    observed: (_: Registration, { boundAt }: Properties, operation) => ({
      boundAt: boundAt ?? new Date(operation.serviceNow()).toISOString(),
    }),
    unseen: 'not in the listing, which may be cut off',
  });
}

/** A listing begun before the end of a write may or may not show it. */
async function registering(
  operation: Operation,
  { region, bucket }: Registration,
  { action, direction, changes }: { action: string; direction: Direction; changes: string },
  tries: number,
): Promise<Answer> {
  const request = { service: 'mts', region, action, params: { Bucket: bucket }, changes } as const;
  wroteBucket(operation, region, direction, bucket);
  try {
    return await operation.once(request, tries);
  } finally {
    wroteBucket(operation, region, direction, bucket);
  }
}
