import type { Reply } from '../alicloud/answers/reply.js';
import type { Asked, Evidence } from '../lifecycle/evidence.js';
import type { Operation, Sender } from '../lifecycle/operation.js';
import { PerWire, SharedReading } from '../lifecycle/shared-reading.js';

/** All that the service tells of a registration is that it is there. */
export interface Registration {
  readonly region: string;
  readonly bucket: string;
  /** Of an input bucket, where it has one. */
  readonly referer?: string;
}

interface MediaBucket {
  readonly bucket: string;
  readonly direction: string;
  readonly referer?: string;
}

/** ListAllMediaBucket says that it returns at most 100; whether that is a page or all is UNKNOWN (api-facts.md §3). */
const PAGE = 100;
/** A listing that goes on for ever is no listing. */
const MOST_PAGES = 1_000;

/** What MPS may do with a registered bucket, as its listing calls it. */
export type Direction = 'Input' | 'Output';

/** The media buckets of a region, and whether the listing is proven complete. */
export interface Listing {
  readonly rows: ReadonlyMap<string, MediaBucket>;
  readonly complete: boolean;
  readonly pages: number;
}

/** The listing may have many pages, and only ten requests a second are allowed. */
const GOOD_FOR = 5_000;

const LISTINGS = new PerWire(() => new SharedReading<Listing>(GOOD_FOR));

const keyOf = (direction: string, bucket: string): string => `${direction} ${bucket}`;

/** To be called before and after a request of ours that changes what the listing says of this bucket. */
export function wroteBucket(
  operation: Operation,
  region: string,
  direction: Direction,
  bucket: string,
): void {
  LISTINGS.for(operation.wire, region).wrote(keyOf(direction, bucket));
}

/**
 * Looks for a bucket that is registered in this direction. Reads of a region share one listing. Absence counts only from a
 * complete one; and since the pages of a listing may shift while others unregister theirs, where it alone decides a
 * second one has to agree if there are several pages.
 */
export async function lookForBucket(
  operation: Operation,
  direction: Direction,
  { region, bucket }: Registration,
  { after, absence }: Asked,
): Promise<Evidence<Registration>> {
  const shared = LISTINGS.for(operation.wire, region);
  const what = `listing the media buckets of ${region}`;
  const begin = (sender: Sender) => listMediaBuckets(sender, region);
  let since = after;
  for (let agreed = false; ; agreed = true) {
    const { begun, value } = await shared.read(keyOf(direction, bucket), operation, what, begin, since);
    const row = value.rows.get(keyOf(direction, bucket));
    if (row !== undefined) {
      const { referer } = row;
      return { is: 'present', found: { region, bucket, ...(referer !== undefined && { referer }) } };
    }
    if (!value.complete) return { is: 'unknown' };
    if (value.pages === 1 || absence === 'listed' || agreed) return { is: 'absent' };
    since = begun;
  }
}

/** The media buckets of a region, by a listing that was begun after this moment; without one by one of the last seconds. */
export async function listedBuckets(
  operation: Operation,
  region: string,
  after?: Asked['after'],
): Promise<Listing> {
  const what = `listing the media buckets of ${region}`;
  const begin = (sender: Sender) => listMediaBuckets(sender, region);
  return (await LISTINGS.for(operation.wire, region).read('', operation, what, begin, after)).value;
}

async function listMediaBuckets(sender: Sender, region: string): Promise<Listing> {
  const rows = new Map<string, MediaBucket>();
  const tokens = new Set<string>();
  let count = 0;
  for (let token = ''; ; ) {
    const { body } = await sender.request({
      service: 'mts',
      region,
      action: 'ListAllMediaBucket',
      params: { MaximumPageSize: PAGE, ...(token && { NextPageToken: token }) },
      answers: (reply) => rowsOf(reply) !== undefined,
    });
    const page = rowsOf(body) ?? [];
    for (const { Bucket: bucket, Type: direction, Referer: referer } of page) {
      if (typeof bucket !== 'string' || typeof direction !== 'string') continue;
      rows.set(keyOf(direction, bucket), {
        bucket,
        direction,
        ...(typeof referer === 'string' && referer !== '' && { referer }),
      });
    }
    count += page.length;
    const { NextPageToken: next } = body;
    if (typeof next !== 'string' || next === '') {
      // The last page is full, or there are just as many rows as the service may cut at: more may follow.
      return { rows, complete: page.length < PAGE && count !== PAGE, pages: tokens.size + 1 };
    }
    if (tokens.has(next) || tokens.size === MOST_PAGES)
      return { rows, complete: false, pages: tokens.size + 1 };
    tokens.add(next);
    token = next;
  }
}

/** The list is nested as in the service's XML: `{MediaBucketList: {MediaBucket: [...]}}`. */
function rowsOf(body: Reply): readonly Record<string, unknown>[] | undefined {
  const { MediaBucketList: list } = body as { MediaBucketList?: { MediaBucket?: unknown } };
  if (!Array.isArray(list?.MediaBucket)) return undefined;
  return list.MediaBucket.filter(
    (row): row is Record<string, unknown> => typeof row === 'object' && row !== null,
  );
}
