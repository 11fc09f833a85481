import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import { mediaBucketsAsOf, nameOfMediaBucket } from '../state/media-buckets.js';
import type { MediaBucketRecord } from '../state/records.js';
import type { World } from '../world.js';

/** The rows a listing is made of: what is visible, but links that a fault holds as they were. */
export function shownMediaBuckets(request: ApiRequest, caller: Caller, world: World): MediaBucketRecord[] {
  const place = `${caller.account} ${request.region}`;
  const rows = visibleMediaBuckets(request, caller, world);
  return world.heldMediaBuckets.apply(place, rows, nameOfMediaBucket, world.clock.now());
}

/** The past, if listings lag behind. */
export function visibleMediaBuckets(request: ApiRequest, caller: Caller, world: World): MediaBucketRecord[] {
  const region = world.store.region(caller.account, request.region);
  return mediaBucketsAsOf(region, world.clock.now() - world.switches.mediaBucketVisibleAfterMs);
}
