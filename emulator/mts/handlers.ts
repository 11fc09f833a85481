import type { Handlers } from '../pipeline/handler.js';
import { bindBucket, unbindBucket } from './bind.js';
import { listAllMediaBucket } from './listing.js';

/** There is no ListOutputBucket and no ListInputBucket: api-facts.md §1. */
export const MTS_HANDLERS: Handlers = {
  BindOutputBucket: bindBucket('Output'),
  UnbindOutputBucket: unbindBucket('Output'),
  BindInputBucket: bindBucket('Input'),
  UnbindInputBucket: unbindBucket('Input'),
  ListAllMediaBucket: listAllMediaBucket,
};
