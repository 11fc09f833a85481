/** Something for whose sake the service does not delete what holds it. */
export interface Held {
  /** `imm.Dataset`; or what it is called, where no resource of this package is one. */
  readonly title: string;
  readonly id?: string;
  /** How many it stands for; one without it. */
  readonly count?: number;
  /** It does not go while we wait, and nothing here removes it: what a person can do. */
  readonly cure?: string;
}

export interface Holdings {
  readonly held: readonly Held[];
  /** What could not be listed, and why. */
  readonly unseen: readonly string[];
  /** What the service said when it refused the delete. */
  readonly refusal?: Error;
}

/** An error names no more of them than a person would read. */
export const MOST_NAMED = 20;
