import type { Service } from '../sending/services.js';
import { SERVICES } from '../sending/services.js';

export interface ServiceErrorFields {
  readonly service: Service;
  readonly action: string;
  readonly code: string;
  /** The service's own text, already redacted. */
  readonly text: string;
  readonly requestId?: string;
  readonly status?: number;
  /** How long the service asked us to wait, in milliseconds. */
  readonly retryAfter?: number;
  /** The code stands in the table of its service; without this it was judged by its HTTP status. */
  readonly isListed?: boolean;
}

/** An answer of the service that says no. The class is the cause, in words in its `cause`; `hint` is what a person can do. */
export abstract class ServiceError extends Error {
  readonly service: Service;
  readonly action: string;
  readonly code: string;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly isListed: boolean;

  constructor(
    fields: ServiceErrorFields,
    readonly hint: string,
  ) {
    const { service, action, code, text, requestId } = fields;
    super(`${SERVICES[service].title} ${action}: ${code}: ${text} (RequestId ${requestId ?? 'not given'})`);
    this.name = new.target.name;
    this.service = service;
    this.action = action;
    this.code = code;
    this.text = text;
    this.requestId = requestId;
    this.status = fields.status;
    this.retryAfter = fields.retryAfter;
    this.isListed = fields.isListed ?? false;
  }
}

/** Something named in the request does not exist: the link itself, or what it hangs on. */
export class NotFoundError extends ServiceError {
  static readonly cause: string = 'Something that the request names does not exist.';
}
/** The link exists already. */
export class ExistsError extends ServiceError {
  static readonly cause: string = 'It exists already.';
}
/** Too many requests; the same request succeeds later. */
export class ThrottledError extends ServiceError {
  static readonly cause: string =
    'Too many requests. The provider slows down and tries again until the timeout.';
}
/** The service had a fault of its own; the same request may succeed later. */
export class TransientError extends ServiceError {
  static readonly cause: string =
    'The service had a fault of its own. The provider tries again until the timeout.';
}
/** The nonce was seen before: an earlier try of this request arrived, with an unknown outcome. */
export class NonceUsedError extends ServiceError {
  static readonly cause: string =
    'An earlier try of the same request has arrived. The provider looks before it tries again.';
}
/** The credentials may not do this. */
export class DeniedError extends ServiceError {
  static readonly cause: string = 'The service refuses these credentials, this account or this machine.';
}
/** RAM does not allow the caller this action, and may allow others. */
export class ForbiddenError extends DeniedError {
  static override readonly cause: string = 'RAM does not allow the caller this action.';
}
/** The keys are none that the service knows, or do not fit each other: whoever reads it has to know whose they are. */
export class WrongKeysError extends DeniedError {
  static override readonly cause: string =
    'The service does not know the keys, or they do not belong together.';
}
/** The request can never succeed as it is. */
export class InvalidError extends ServiceError {
  static readonly cause: string = 'The request cannot succeed as it is.';
}
/** The state of something refuses this now. */
export class ConflictError extends ServiceError {
  static readonly cause: string =
    'Something is in a state that does not allow this now. The provider tries again until the timeout.';
}
/** The credentials were good once. */
export class ExpiredError extends ServiceError {
  static readonly cause: string =
    'The credentials have expired. The provider asks their source for new ones once; where it has none, it sends nothing more.';
}
/** A code that no table lists, with a status that says nothing either. */
export class UnknownCodeError extends ServiceError {
  static readonly cause: string =
    'The code is in no table, and its HTTP status says nothing either. It proves nothing: the provider looks before it decides.';
}

/**
 * No usable answer came. `mayHaveHappened` is false only where the request certainly never reached the
 * service, so that whoever sees true looks before trying again.
 */
export class TransportError extends Error {
  constructor(
    readonly service: Service,
    readonly action: string,
    readonly reason: string,
    readonly mayHaveHappened: boolean,
    readonly status?: number,
  ) {
    super(`${SERVICES[service].title} ${action}: ${reason}`);
    this.name = 'TransportError';
  }

  get hint(): string {
    return 'Check the network between this machine and the endpoint, then run the same command again.';
  }
}

/**
 * The way to the service is barred until a person changes something, so a second try is of no use. Nothing reached the
 * service.
 */
export class BarredError extends TransportError {
  readonly #hint: string;

  constructor(service: Service, action: string, reason: string, hint: string) {
    super(service, action, reason, false);
    this.name = 'BarredError';
    this.#hint = hint;
  }

  override get hint(): string {
    return this.#hint;
  }
}

/** The run was interrupted. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super(
      'the run was interrupted, and nothing more is sent. Run the same command again: it goes on where this one stopped.',
    );
  }
}

/** A configuration that no request may be sent with. Lists every problem at once. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** A call ended, and that could not be written where every call has to be. */
export class UnrecordedError extends ConfigurationError {
  constructor(
    problems: readonly string[],
    readonly mayHaveHappened: boolean,
  ) {
    super(problems);
  }
}

/** No credentials, or their source failed. Never carries what the source holds. */
export class CredentialsError extends Error {
  override readonly name: string = 'CredentialsError';

  constructor(
    message: string,
    /** What a person can do, where the message does not say it. */
    readonly hint = '',
  ) {
    super(message);
  }
}

/** A source of credentials was not reached, or had a fault of its own; the same request may succeed later. */
export class UnavailableError extends CredentialsError {
  override readonly name = 'UnavailableError';

  constructor(
    message: string,
    hint: string,
    /** How far the request got. */
    readonly reached: 'never' | 'connected' | 'answered',
  ) {
    super(message, hint);
  }
}
