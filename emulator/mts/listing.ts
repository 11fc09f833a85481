import { ApiError } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import type { MediaBucketRecord } from '../state/records.js';
import type { World } from '../world.js';
import { shownMediaBuckets } from './shown-buckets.js';

const DEFAULT_SIZE = 50;
const MOST = 100;

/**
 * api-facts.md §3: MaximumPageSize 1-100, default 50. One bucket bound both ways is two rows (INFERRED there).
 * Rows come in the order they were bound.
 */
export const listAllMediaBucket: Handler = (request, caller, world) => {
  const size = pageSize(request);
  const visible = shownMediaBuckets(request, caller, world);
  // "a maximum of 100 media buckets can be returned": of a page or of the whole listing (§9 question 4).
  const rows = world.switches.listingEndsAt100 ? visible.slice(0, MOST) : visible;
  const start = startOf(request, rows, world);
  const page = rows.slice(start, start + size);
  const isFullLastPage = page.length === size && start + size === rows.length;
  const hasToken = start + size < rows.length || (isFullLastPage && world.switches.tokenOnFullLastPage);
  return {
    MediaBucketList: { MediaBucket: page.map(row) },
    ...(hasToken ? { NextPageToken: tokenAfter(page, start, world) } : {}),
  };
};

function row(record: MediaBucketRecord): Record<string, unknown> {
  const { bucket, type, referer } = record;
  return { Bucket: bucket, Type: type, ...(referer === '' ? {} : { Referer: referer }) };
}

/** §3.1 lists the codes; that these are the ones given here is assumed. */
function pageSize(request: ApiRequest): number {
  const text = request.params.get('MaximumPageSize');
  if (text === undefined || text === '') return DEFAULT_SIZE;
  const size = /^\d+$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= MOST) return size;
  const message = 'The parameter "MaximumPageSize" is out of range.';
  throw new ApiError(400, 'InvalidParameter.OutOfRange', message);
}

/** Tokens are opaque to a client; a prefix keeps one kind from being read as the other. */
function tokenAfter(page: readonly MediaBucketRecord[], start: number, world: World): string {
  if (world.switches.pageToken === 'offset') return encode(`offset:${start + page.length}`);
  return encode(`after:${page.at(-1)?.sequence ?? 0}`);
}

function startOf(request: ApiRequest, rows: readonly MediaBucketRecord[], world: World): number {
  const token = request.params.get('NextPageToken');
  if (token === undefined || token === '') return 0;
  const kind = world.switches.pageToken === 'offset' ? 'offset' : 'after';
  const number = new RegExp(`^${kind}:(\\d+)$`).exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (number === undefined) {
    throw new ApiError(
      400,
      'InvalidParameter.Format',
      'The parameter "NextPageToken" is not well formatted.',
    );
  }
  if (kind === 'offset') return Number(number);
  const next = rows.findIndex((record) => record.sequence > Number(number));
  return next < 0 ? rows.length : next;
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
