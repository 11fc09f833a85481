import type { Answer } from '../alicloud/wire.js';
import type { Operation } from '../lifecycle/operation.js';
import { PerWire, SharedReading } from '../lifecycle/shared-reading.js';

/** What a listing says of one bucket. */
export type Presence = 'present' | 'absent' | 'unproven';

/** ListAllMediaBucket says that it returns at most 100; whether that is a page or all is UNKNOWN (api-facts.md §3). */
const PAGE = 100;
/** A listing that goes on for ever is no listing. */
const MOST_PAGES = 1_000;

/** The output buckets of a region, and whether the listing is proven complete. */
export interface Listing {
  readonly buckets: ReadonlySet<string>;
  readonly complete: boolean;
  readonly pages: number;
}

const LISTINGS = new PerWire(() => new SharedReading<Listing>());

/** To be called before and after a request of ours that changes what the listing says of this bucket. */
export function wroteBucket(operation: Operation, region: string, bucket: string): void {
  LISTINGS.for(operation.wire, region).wrote(bucket, operation.now());
}

/**
 * Whether the bucket is registered for output. Reads of a region share one listing. Absence counts only from a
 * complete one; and since the pages of a listing may shift while others unregister theirs, `proof` asks that a second
 * one agrees where there are several pages.
 */
export async function lookForBucket(
  operation: Operation,
  region: string,
  bucket: string,
  proof: 'one listing' | 'two listings' = 'two listings',
  begunAfter?: number,
): Promise<Presence> {
  const shared = LISTINGS.for(operation.wire, region);
  const begin = () => listOutputBuckets(operation, region);
  let after = begunAfter;
  for (let agreed = false; ; agreed = true) {
    const { at, value } = await shared.read(bucket, () => operation.now(), begin, after);
    if (value.buckets.has(bucket)) return 'present';
    if (!value.complete) return 'unproven';
    if (value.pages === 1 || proof === 'one listing' || agreed) return 'absent';
    after = at;
  }
}

async function listOutputBuckets(operation: Operation, region: string): Promise<Listing> {
  const buckets = new Set<string>();
  const tokens = new Set<string>();
  let rows = 0;
  for (let token = ''; ; ) {
    const answer = await operation.request({
      service: 'mts',
      region,
      action: 'ListAllMediaBucket',
      params: { MaximumPageSize: PAGE, ...(token && { NextPageToken: token }) },
    });
    const page = rowsOf(answer);
    for (const { Bucket, Type } of page)
      if (Type === 'Output' && typeof Bucket === 'string') buckets.add(Bucket);
    rows += page.length;
    const { NextPageToken: next } = answer.body;
    if (typeof next !== 'string' || next === '') {
      // The last page is full, or there are just as many rows as the service may cut at: more may follow.
      return { buckets, complete: page.length < PAGE && rows !== PAGE, pages: tokens.size + 1 };
    }
    if (tokens.has(next) || tokens.size === MOST_PAGES)
      return { buckets, complete: false, pages: tokens.size + 1 };
    tokens.add(next);
    token = next;
  }
}

/** The list is nested as in the service's XML: `{MediaBucketList: {MediaBucket: [...]}}`. */
function rowsOf({ body, requestId }: Answer): readonly Record<string, unknown>[] {
  const { MediaBucketList: list } = body as { MediaBucketList?: { MediaBucket?: unknown } };
  if (!Array.isArray(list?.MediaBucket)) {
    throw new Error(`MPS ListAllMediaBucket answered without a list (RequestId ${requestId}).`);
  }
  return list.MediaBucket.filter(
    (row): row is Record<string, unknown> => typeof row === 'object' && row !== null,
  );
}
