import { choice, milliseconds } from './switch-kinds.js';

export const MTS_SWITCHES = {
  unbindUnboundBucket: choice(['Bucket.NotBind', 'InvalidParameter.ResourceNotFound', 'success'], {
    // A code nobody documents: only the listing can tell that the bucket is gone.
    default: 'Bucket.NotBind',
    source: 'api-facts.md §9 question 3, §3.1',
    meaning: 'UnbindOutputBucket and UnbindInputBucket of a bucket that is not bound',
  }),
  bindBoundBucket: choice(
    ['AlreadyBind-500', 'AlreadyBind-400', 'AlreadyBind-403', 'AlreadyBind-409', 'success'],
    {
      // Bucket.AlreadyBind with a status that looks worth a retry.
      default: 'AlreadyBind-500',
      source: 'api-facts.md §9 question 3, §3.1',
      meaning: 'BindOutputBucket and BindInputBucket of a bound bucket: Bucket.AlreadyBind with this status',
    },
  ),
  bindWithAnotherReferer: choice(['taken', 'AlreadyBind'], {
    // In place: who takes it for its own has changed somebody else's.
    default: 'taken',
    source: 'api-facts.md §3.4',
    meaning:
      'BindInputBucket of a bound bucket with another Referer: taken in place, or as bindBoundBucket says',
  }),
  bindMissingBucket: choice(['accepted', 'InvalidParameter.ResourceNotFound', 'Bucket.NotExist'], {
    default: 'accepted',
    source: 'api-facts.md §9 question 3, §3',
    meaning:
      'BindOutputBucket and BindInputBucket of a bucket declared missing (Bucket.NotExist stands for a code not documented)',
  }),
  listingEndsAt100: choice([true, false], {
    default: true,
    source: 'api-facts.md §9 question 4, §3',
    meaning:
      'whether ListAllMediaBucket ends after the 100 rows that were bound first, so that later ones are never shown',
  }),
  pageToken: choice(['offset', 'key'], {
    // An offset: a row that vanishes between two pages makes the walk skip another one.
    default: 'offset',
    source: 'api-facts.md §9 question 4',
    meaning: 'NextPageToken counts rows, or names the last row given',
  }),
  tokenOnFullLastPage: choice([true, false], {
    default: true,
    source: 'api-facts.md §9 question 4',
    meaning: 'a last page that is exactly full carries a token, and the next page is empty',
  }),
  mediaBucketVisibleAfterMs: milliseconds([0, 300], {
    default: 0,
    source: 'api-facts.md §9 question 4, §3',
    meaning: 'ListAllMediaBucket shows a bind or an unbind only so long after it was answered',
  }),
  mtsThrottlingCode: choice(['Rejected.Throttling', 'Throttling.User', 'Throttling', 'Throttling.Api'], {
    // Does not begin with Throttling.
    default: 'Rejected.Throttling',
    source: 'api-facts.md §4; §3.1 documents Throttling',
    meaning: 'the code of MTS above its limit',
  }),
};
