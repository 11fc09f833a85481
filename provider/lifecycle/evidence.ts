/** A point in the order of what this process did: later ones are greater, also within one millisecond. */
export type Moment = number;

let last: Moment = 0;

export function moment(): Moment {
  last += 1;
  return last;
}

/**
 * What a look says of a link. Create, read, update and delete decide by this alone: `absent` is what was asked for, and
 * counts only where what was written last is old enough to be shown; `unknown` is a listing that may be cut off.
 */
export type Evidence<T> =
  | { readonly is: 'present'; readonly found: T }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown' };

/** How a look is to look. */
export interface Asked {
  /** Only what was read from the service after this counts: a write of ours, or the look before. */
  readonly after?: Moment | undefined;
  /**
   * What absence has to stand on: `listed` is a complete listing, enough where the service itself refuses to make a
   * link twice or has acknowledged that it removed it; `confirmed` holds where absence alone decides.
   */
  readonly absence: 'listed' | 'confirmed';
}
