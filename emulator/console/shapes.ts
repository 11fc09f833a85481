/** What the page is told, and nothing besides: shared by what answers and by the script of the page. */

/** One call of the journal. */
export interface ShownCall {
  readonly sequence: number;
  readonly time: number;
  readonly took: number;
  readonly action: string;
  readonly link: string;
  readonly status: number;
  readonly code: string;
  readonly fault: string;
  readonly sent: number;
  readonly requestId: string;
}

/** One row of a table of objects, by the names of its columns. */
export type ShownObject = Readonly<Record<string, string>>;

export interface ShownObjects {
  /** How many there are; of very many only the first are among the rows. */
  readonly total: number;
  readonly rows: readonly ShownObject[];
}

export interface ShownRule {
  readonly id: number;
  readonly kind: string;
  readonly action: string;
  /** What else it asks of a request, in words. */
  readonly only: string;
  readonly times: string;
  readonly skip: number;
  /** Milliseconds, or '' for the default of the kind. */
  readonly delay: string;
  readonly matched: number;
  readonly struck: number;
}

export type ObjectTable = 'projects' | 'datasets' | 'bindings' | 'attachments' | 'mediaBuckets';

export type SwitchValue = string | number | boolean;

export interface Standing {
  readonly objects: Readonly<Record<ObjectTable, ShownObjects>>;
  readonly faults: readonly ShownRule[];
  readonly switches: Readonly<Record<string, SwitchValue>>;
}

/** The answer of GET console/live. */
export interface News {
  /** Another one when the emulator was started anew: all that is known is forgotten then. */
  readonly run: string;
  /** The first call that the journal still has; what is older is forgotten. */
  readonly first: number;
  readonly calls: readonly ShownCall[];
  /** Names what stands; asked for by it again, it is not sent again. */
  readonly seen: string;
  readonly standing?: Standing;
}

export interface ShownKind {
  readonly kind: string;
  readonly meaning: string;
  /** The only actions it can strike; all when absent. */
  readonly actions?: readonly string[];
  readonly takesDelay: boolean;
}

export interface ShownSwitch {
  readonly name: string;
  readonly kind: 'choice' | 'milliseconds';
  readonly values: readonly SwitchValue[];
  readonly default: SwitchValue;
  readonly meaning: string;
}

/** The answer of GET console/tables: what the emulator knows of itself. */
export interface Tables {
  readonly region: string;
  readonly actions: readonly string[];
  readonly faults: readonly ShownKind[];
  readonly switches: readonly ShownSwitch[];
}
