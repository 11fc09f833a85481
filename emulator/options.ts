import type { Clock } from './clock.js';
import type { Fault } from './faults/fault.js';
import type { LimitOverrides } from './limits.js';
import type { Switches } from './switches.js';
import type { KeyPair } from './test-key.js';

export const DEFAULT_REGION = 'cn-shanghai';
export const DEFAULT_RUNNING_AFTER = 300;

export interface EmulatorOptions {
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number | undefined;
  /** Default: the pair of the environment, else the documented test pair. */
  readonly keys?: readonly KeyPair[] | undefined;
  /** For requests that name no region; default cn-shanghai. */
  readonly region?: string | undefined;
  readonly switches?: { readonly [name in keyof Switches]?: Switches[name] | undefined } | undefined;
  /** false: no limit at all. */
  readonly limits?: LimitOverrides | undefined;
  /** Milliseconds from CreateBinding to Running; default 300; Infinity: never. */
  readonly runningAfter?: number | undefined;
  /** Milliseconds temporary credentials live, whatever DurationSeconds asks for. */
  readonly tokenLifetime?: number | undefined;
  /** Milliseconds of real time each request takes to come; default 0. */
  readonly latency?: number | undefined;
  /** Rules of what goes wrong from the start. */
  readonly faults?: readonly Fault[] | undefined;
  /** Keeps the state between two runs. */
  readonly stateFile?: string | undefined;
  /** Default: the clock of the system. */
  readonly clock?: Clock | undefined;
  /** For request ids and temporary credentials; default: a random one. */
  readonly seed?: number | undefined;
}

/** Whose state; default: the first key's account and the default region. */
export interface Where {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}
