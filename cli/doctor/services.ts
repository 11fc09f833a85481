import {
  ConfigurationError,
  CredentialsError,
  ExpiredError,
  ServiceError,
  TransportError,
  WrongKeysError,
} from '../../provider/alicloud/answers/errors.js';
import type { Configuration } from '../../provider/alicloud/configuration/configuration.js';
import { AccountError } from '../../provider/alicloud/credentials/account.js';
import { type Bound, retrying } from '../../provider/alicloud/limits/retry.js';
import { regionProblem } from '../../provider/alicloud/sending/endpoint.js';
import { SERVICES } from '../../provider/alicloud/sending/services.js';
import type { Session } from '../../provider/hosts/session.js';
import { PROBES, type ReadingCall } from './calls.js';

/** What came of a call. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly error: unknown }
  /** Nothing was sent. */
  | { readonly is: 'unasked'; readonly why: string };

/** What came of asking whose the credentials are; without an account where nobody is to ask, and none is configured. */
export type Account =
  | { readonly is: 'known'; readonly account: string | undefined }
  | { readonly is: 'failed'; readonly error: unknown };

/** A connection that is refused three times is refused for now. */
const TRIES = 3;

/** The services as the package reaches them. Each call is sent once, however many checks want to know. */
export class Services {
  readonly #session: Session;
  /** Milliseconds for one call, its tries together. */
  readonly #time: number;
  #account: Promise<Account> | undefined;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  constructor(session: Session, time: number) {
    this.#session = session;
    this.#time = time;
  }

  get configuration(): Configuration | ConfigurationError {
    try {
      return this.#session.configuration;
    } catch (error) {
      if (error instanceof ConfigurationError) return error;
      throw error;
    }
  }

  /** To be asked for only where the configuration is usable. */
  get wire(): Session['wire'] {
    return this.#session.wire;
  }

  account(): Promise<Account> {
    this.#account ??= this.#askAccount();
    return this.#account;
  }

  ask(call: ReadingCall): Promise<Outcome> {
    const key = JSON.stringify(call);
    const known = this.#outcomes.get(key) ?? this.#ask(call);
    this.#outcomes.set(key, known);
    return known;
  }

  async #askAccount(): Promise<Account> {
    try {
      return { is: 'known', account: await this.wire.account(this.#bound()) };
    } catch (error) {
      return { is: 'failed', error };
    }
  }

  async #ask(call: ReadingCall): Promise<Outcome> {
    const { configuration } = this;
    const { service } = call;
    const probe = PROBES[service];
    const why = await this.#barrier(service);
    if (why !== undefined) return { is: 'unasked', why };
    if (call.action !== probe.action) {
      // A host that gave no answer is not waited for again.
      const first = await this.ask(probe);
      if (first.is === 'failed' && first.error instanceof TransportError)
        return { is: 'unasked', why: `${SERVICES[service].title} gave no answer` };
    }
    const region = configuration instanceof Error ? '' : (configuration.region?.value ?? '');
    const bound = this.#bound();
    try {
      await retrying(bound, (number) => this.wire.send({ ...call, region }, bound, number));
      return { is: 'done' };
    } catch (error) {
      return { is: 'failed', error };
    }
  }

  /** Why nothing is asked of IMM or MPS: as the package itself, not with credentials that may be the wrong ones. */
  async #barrier(service: ReadingCall['service']): Promise<string | undefined> {
    const { configuration } = this;
    if (configuration instanceof Error) return 'the configuration is not usable';
    const { region, accountId, allowedAccountIds } = configuration;
    if (region === undefined) return 'no region is set';
    if (regionProblem(service, region.value, configuration) !== undefined)
      return `${SERVICES[service].title} has no endpoint for the region ${region.value}`;
    const account = await this.account();
    if (account.is === 'known') return undefined;
    const { error } = account;
    if (error instanceof AccountError) return 'the credentials are those of another account';
    if (isAboutKeys(error)) return 'there are no usable credentials';
    if (isAboutTime(error)) return 'the clock of this machine is refused';
    return accountId !== undefined || allowedAccountIds.length > 0
      ? 'STS does not say whether this is the account that is configured'
      : undefined;
  }

  #bound(): Bound {
    const { clock, random } = this.#session.surroundings;
    const stop = new AbortController();
    return {
      clock,
      random,
      deadline: clock.now() + this.#time,
      signal: stop.signal,
      paused(error, _pause, tries) {
        // What a service answers may pass within the time; a network that is not there hardly does.
        if (!(error instanceof ServiceError) && tries >= TRIES) stop.abort(error);
      },
    };
  }
}

/** The credentials could not be had, or are refused. */
export function isAboutKeys(error: unknown): error is CredentialsError | ServiceError {
  return (
    error instanceof CredentialsError || error instanceof WrongKeysError || error instanceof ExpiredError
  );
}

/** The service takes no request that was signed so long before or after its own time. */
export function isAboutTime(error: unknown): boolean {
  if (error instanceof CredentialsError) return /\bInvalidTimeStamp\b/.test(error.message);
  return error instanceof ServiceError && error.code.startsWith('InvalidTimeStamp');
}
