/** How a request that changes something is sent. */
export interface Sending {
  /** 1 for the first try. */
  readonly tries: number;
  /** Asked when its turn has come: what was seen before may be old by then. */
  before(): Promise<void>;
}

/** Milliseconds that a look may be old when the request goes out that it is for. */
const FRESH = 1_000;

/** Looks again when the turn of a request has come, where the look just taken is old by then. */
export function unlessFresh(clock: { now(): number }, lookAgain: () => Promise<void>): () => Promise<void> {
  const looked = clock.now();
  return async () => {
    if (clock.now() - looked > FRESH) await lookAgain();
  };
}

/** A request was not sent: a look just before it has seen something else than the look that asked for it. */
export class SeenSinceError<T> extends Error {
  override readonly name = 'SeenSinceError';
  constructor(readonly seen: T) {
    super('something else is seen since; nothing was sent');
  }
}
