import type { Calls } from './calls/calls.js';
import type { Parks } from './calls/parks.js';
import type { Clock } from './clock.js';
import type { Credentials } from './credentials.js';
import type { Denials } from './denials.js';
import type { FaultRules } from './faults/rules.js';
import type { Journal } from './journal.js';
import type { Limits } from './limits.js';
import type { RequestRate } from './pipeline/request-rate.js';
import type { SeededRandom } from './random.js';
import type { NonceBook } from './signature/nonces.js';
import type { HeldReads } from './state/held-reads.js';
import type {
  AttachmentRecord,
  BindingRecord,
  DatasetRecord,
  MediaBucketRecord,
  ProjectRecord,
} from './state/records.js';
import type { Store } from './state/store.js';
import type { StatisticsKeeper } from './statistics.js';
import type { Switches } from './switches.js';

/** Settings that are times of the emulated cloud, not unknowns of it. */
interface Timing {
  /** Milliseconds from CreateBinding to Running. */
  runningAfter: number;
  /** Milliseconds temporary credentials live; undefined: what DurationSeconds asks for. */
  tokenLifetime: number | undefined;
  /** Milliseconds of real time each request takes to come. */
  latency: number;
}

/** Everything one emulator has; passed to each step, so that two emulators in one process share nothing. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly switches: Switches;
  readonly limits: Limits;
  readonly timing: Timing;
  readonly credentials: Credentials;
  readonly nonces: NonceBook;
  readonly rate: RequestRate;
  readonly denials: Denials;
  readonly faults: FaultRules;
  readonly calls: Calls;
  readonly parks: Parks;
  readonly statistics: StatisticsKeeper;
  readonly heldBindings: HeldReads<BindingRecord>;
  readonly heldMediaBuckets: HeldReads<MediaBucketRecord>;
  readonly heldObjects: HeldReads<ProjectRecord | DatasetRecord | AttachmentRecord>;
  readonly journal: Journal;
  /** For requests that name no region. */
  readonly region: string;
}
