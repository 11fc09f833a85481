/** One row of the table of faults. */
export interface FaultSpec {
  /** How often the operation is carried out. */
  readonly effects: 0 | 1 | 2;
  /** What is answered: the operation's own reply, one of those in replies.ts, or none at all. */
  readonly reply: ReplyName;
  /** How it goes out: whole, half of it and then closed, not at all and reset, or not at all and left open. */
  readonly delivery: 'send' | 'cut' | 'reset' | 'hang';
  /** What of the state it changes: what reads show, the binding, or the credential of the request. */
  readonly changes?: 'reads' | 'Ready' | 'Failed' | 'Deleting' | 'credential';
  /** What `delayMs` of a rule is for. */
  readonly delay?: Delay;
  /** The only actions it can strike; all when absent. */
  readonly actions?: readonly string[];
  /** The values `status` of a rule may have, the default first; none when absent. */
  readonly statuses?: readonly number[];
  /** Whether a rule may have `body`, and any `status`. */
  readonly canAnswer?: boolean;
  /** Whether a rule may have `retryAfterMs`. */
  readonly canSayRetryAfter?: boolean;
  readonly meaning: string;
}

export type ReplyName =
  | 'own'
  | 'half'
  | 'none'
  | 'throttled'
  | 'denied'
  | 'expired'
  | 'clock-skew'
  | 'nonce-used'
  | 'error-500-without-code'
  | 'unavailable-503'
  | 'html-502'
  | 'empty-body'
  | 'given';

export interface Delay {
  /** What `delayMs` counts. */
  readonly of: 'reply' | 'effect' | 'state';
  /** Milliseconds; Infinity: until it is released; `runningAfter`: as long as a binding is Ready. */
  readonly default: number | 'runningAfter';
}

interface Struck {
  readonly fault: { readonly delayMs?: number | undefined };
  readonly spec: FaultSpec;
}

export function delayOf({ fault, spec }: Struck, timing: { readonly runningAfter: number }): number {
  const standard = spec.delay?.default ?? 0;
  return fault.delayMs ?? (standard === 'runningAfter' ? timing.runningAfter : standard);
}
