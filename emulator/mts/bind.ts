import { ApiError } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import { addMediaBucket, liveMediaBucket, removeMediaBucket } from '../state/media-buckets.js';
import type { MediaBucketType } from '../state/records.js';
import type { World } from '../world.js';

/** api-facts.md §3, column constraints: at most 64 bytes. */
const NAMES: Readonly<Record<MediaBucketType, RegExp>> = {
  Output: /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/,
  Input: /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/,
};

export function bindBucket(type: MediaBucketType): Handler {
  return (request, caller, world) => {
    const bucket = bucketName(request, type);
    const referer = type === 'Input' ? (request.params.get('Referer') ?? '') : '';
    return world.store.changeRegion(caller.account, request.region, (region, state) => {
      if (state.missingBuckets.includes(bucket)) checkMissing(bucket, world);
      const bound = liveMediaBucket(region, bucket, type);
      const isTaken = world.switches.bindWithAnotherReferer === 'taken' && bound?.referer !== referer;
      if (bound && isTaken && type === 'Input') bound.referer = referer;
      else if (bound) alreadyBound(bucket, world);
      else addMediaBucket(state, region, bucket, type, referer, world.clock.now());
      return {};
    });
  };
}

export function unbindBucket(type: MediaBucketType): Handler {
  return (request, caller, world) => {
    const bucket = bucketName(request, type);
    return world.store.changeRegion(caller.account, request.region, (region) => {
      const bound = liveMediaBucket(region, bucket, type);
      const lag = world.switches.mediaBucketVisibleAfterMs;
      if (bound) removeMediaBucket(region, bound, world.clock.now(), lag);
      else notBound(bucket, world);
      return {};
    });
  };
}

function bucketName(request: ApiRequest, type: MediaBucketType): string {
  const bucket = request.params.get('Bucket');
  // §3.1 lists the code; which one an absent parameter gives is assumed.
  if (!bucket)
    throw new ApiError(400, 'InvalidParameter.NullValue', 'The parameter "Bucket" cannot be null.');
  if (!NAMES[type].test(bucket)) {
    throw new ApiError(
      400,
      'InvalidParameter.BucketNameInvalid',
      `The bucket name "${bucket}" is not valid.`,
    );
  }
  return bucket;
}

/** §3.1, Bucket.AlreadyBind with this message; its status is UNKNOWN (§9 question 3). */
function alreadyBound(bucket: string, world: World): void {
  const { bindBoundBucket } = world.switches;
  if (bindBoundBucket === 'success') return;
  const status = Number(bindBoundBucket.slice('AlreadyBind-'.length));
  const message = `Bucket "${bucket}" already binded to media store,can not bind twice`;
  throw new ApiError(status, 'Bucket.AlreadyBind', message);
}

/** UNKNOWN, §9 question 3. Bucket.NotBind stands for a code nobody documents. */
function notBound(bucket: string, world: World): void {
  const { unbindUnboundBucket } = world.switches;
  if (unbindUnboundBucket === 'success') return;
  if (unbindUnboundBucket === 'InvalidParameter.ResourceNotFound') throw resourceNotFound(bucket);
  throw new ApiError(400, unbindUnboundBucket, `Bucket "${bucket}" is not binded to media store`);
}

/** UNKNOWN, §9 question 3. */
function checkMissing(bucket: string, world: World): void {
  const { bindMissingBucket } = world.switches;
  if (bindMissingBucket === 'accepted') return;
  if (bindMissingBucket === 'InvalidParameter.ResourceNotFound') throw resourceNotFound(bucket);
  throw new ApiError(400, bindMissingBucket, `Bucket "${bucket}" does not exist.`);
}

/** §3.1. */
function resourceNotFound(bucket: string): ApiError {
  const message = `The resource operated "${bucket}" cannot be found.`;
  return new ApiError(400, 'InvalidParameter.ResourceNotFound', message);
}
