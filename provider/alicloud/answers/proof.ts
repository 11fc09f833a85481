import { AccountError } from '../credentials/account.js';
import {
  CancelledError,
  ConfigurationError,
  CredentialsError,
  NonceUsedError,
  ServiceError,
  TransientError,
  TransportError,
  UnrecordedError,
} from './errors.js';

/**
 * What came of a request that changes something. `done`: the API's own answer says so. `not done`: it was certainly
 * not carried out by this try. `nothing`: all else, and then only a look can tell.
 */
export type Proof = 'done' | 'not done' | 'nothing';

/**
 * What a failed try proves. It never proves `done`; what the API's own answer is, is decided where it arrives (pop.ts,
 * and `answers` of a request): an answer of another shape is a failure here.
 */
export function proofOf(error: unknown): Exclude<Proof, 'done'> {
  return isRefusal(error) || wasNotSent(error) ? 'not done' : 'nothing';
}

/** Only a code that a table lists is an explicit refusal; and two of those say that it may have happened. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof ServiceError) || !error.isListed) return false;
  return !(error instanceof TransientError || error instanceof NonceUsedError);
}

/** Errors of what comes before the first byte. Whatever is not known to be one of them may have come after it. */
function wasNotSent(error: unknown): boolean {
  if (error instanceof TransportError || error instanceof UnrecordedError) return !error.mayHaveHappened;
  return (
    error instanceof ConfigurationError ||
    error instanceof CredentialsError ||
    error instanceof AccountError ||
    error instanceof CancelledError
  );
}
