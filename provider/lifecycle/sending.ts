/** How a request that changes something is sent. */
export interface Sending {
  /** 1 for the first try. */
  readonly tries: number;
  /** Asked when its turn has come: what was seen before may be old by then. */
  before(): Promise<void>;
}
