import type { MediaBucketRecord, MediaBucketType, RegionState, State } from './records.js';

/** Within one account and region. */
export function nameOfMediaBucket({ bucket, type }: Pick<MediaBucketRecord, 'bucket' | 'type'>): string {
  return `${type}/${bucket}`;
}

export function liveMediaBucket(
  region: RegionState,
  bucket: string,
  type: MediaBucketType,
): MediaBucketRecord | undefined {
  return region.mediaBuckets.find((r) => r.deletedAt === null && r.bucket === bucket && r.type === type);
}

export function liveMediaBuckets(region: RegionState): MediaBucketRecord[] {
  return region.mediaBuckets.filter((record) => record.deletedAt === null);
}

/** The rows a listing that lags behind shows, in the order they were bound. */
export function mediaBucketsAsOf(region: RegionState, at: number): MediaBucketRecord[] {
  return region.mediaBuckets.filter((r) => r.createdAt <= at && (r.deletedAt === null || r.deletedAt > at));
}

export function addMediaBucket(
  state: State,
  region: RegionState,
  bucket: string,
  type: MediaBucketType,
  referer: string,
  at: number,
): void {
  state.sequence += 1;
  region.mediaBuckets.push({
    bucket,
    type,
    referer,
    sequence: state.sequence,
    createdAt: at,
    deletedAt: null,
  });
}

/** Keeps unbound rows only while a lagging listing can show them. */
export function removeMediaBucket(
  region: RegionState,
  record: MediaBucketRecord,
  at: number,
  lag: number,
): void {
  record.deletedAt = at;
  region.mediaBuckets = region.mediaBuckets.filter((r) => r.deletedAt === null || r.deletedAt > at - lag);
}
