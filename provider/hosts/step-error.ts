import {
  ConfigurationError,
  CredentialsError,
  ExpiredError,
  ServiceError,
  TransportError,
  WrongKeysError,
} from '../alicloud/answers/errors.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import type { Kind } from '../lifecycle/operation.js';

const VERBS: Readonly<Record<Kind, string>> = {
  create: 'create',
  read: 'read',
  update: 'update',
  delete: 'delete',
};

/** What a person sees of a step that failed. It has no stack: the place in our code tells them nothing. */
export class StepError extends Error {
  override readonly name = 'StepError';
  /** What the dynamic-provider process prints before the engine prints the message. */
  readonly summary: string;

  constructor(kind: Kind, resource: string, cause: unknown, keysAdvice: string) {
    super(`cannot ${VERBS[kind]} ${resource}: ${explain(cause, keysAdvice)}`);
    this.summary = `${resource}: ${VERBS[kind]} failed`;
    this.stack = '';
  }

  override toString(): string {
    return this.summary;
  }
}

/** A step that failed after the link was made: the host has to keep it in the state. */
export class KeptError extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly failure: StepError,
  ) {
    super(failure.message);
  }
}

function explain(cause: unknown, keysAdvice: string): string {
  if (cause instanceof ExpiredError || cause instanceof WrongKeysError)
    return `${cause.message}. ${cause.hint} ${keysAdvice}`;
  if (cause instanceof ServiceError || cause instanceof TransportError)
    return `${cause.message}. ${cause.hint}`;
  if (cause instanceof CredentialsError && cause.hint !== '') return `${cause.message}. ${cause.hint}`;
  if (cause instanceof ConfigurationError) return `the configuration is not usable:\n${cause.message}`;
  return cause instanceof Error ? cause.message : String(cause);
}
