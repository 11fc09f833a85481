import type { ResourceDescription } from './description.js';
import type { Operation } from './operation.js';

export type Properties = Readonly<Record<string, unknown>>;

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  /**
   * `false`: nothing differs in meaning. `undefined`: inputs differ, the engine shows which.
   * `true`: only an output does.
   */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

export interface Found extends Made {
  readonly inputs: Properties;
}

/** One that exists, whoever made it. */
export interface Listed {
  readonly id: string;
  /** The arguments of a program that has it: its names, and what differs from what the service fills in. */
  readonly inputs: Properties;
  /** When the service made it, in milliseconds, where it tells. */
  readonly madeAt: number | undefined;
  /** Why it does not do what it is there for, if so. */
  readonly trouble?: string;
}

/** All of a kind that exist in one place, as far as the service shows them. */
export interface Listing {
  readonly found: readonly Listed[];
  /** False: the service may have cut it off, so that nothing follows from what is not in it. */
  readonly isComplete: boolean;
}

/** What the checks of a resource need to know of the configuration. */
export interface CheckContext {
  readonly region: string | undefined;
  /** The ids that this run may take over. */
  readonly adoptable: ReadonlySet<string>;
  /** Why the service of this resource cannot be asked in this region, if so. */
  regionProblem(service: ResourceDescription['service'], region: string): string | undefined;
}

/**
 * What a resource does, for any host: plain JSON in, plain JSON out, no Pulumi, no gRPC. Every operation may
 * be run again after it was cut off anywhere.
 */
export interface Lifecycle {
  readonly description: ResourceDescription;
  /** `olds` are the inputs that the state has, where it has the resource. */
  check(news: Properties, context: CheckContext, olds?: Properties): CheckResult;
  diff(outputs: Properties, news: Properties): DiffResult;
  /** The id, known before the resource exists. */
  idOf(inputs: Properties): string;
  /** The inputs that an id stands for; undefined for a text that is no id of this resource. */
  inputsOf(id: string): Properties | undefined;
  create(inputs: Properties, operation: Operation): Promise<Made>;
  /** Undefined means gone, as proven as it can be. */
  read(inputs: Properties, outputs: Properties, operation: Operation): Promise<Found | undefined>;
  update(outputs: Properties, news: Properties, operation: Operation): Promise<Properties>;
  delete(outputs: Properties, operation: Operation): Promise<void>;
  /** All that exist within what one hangs on, of these names; within a region where it hangs on nothing. */
  list(within: Properties, operation: Operation): Promise<Listing>;
}
