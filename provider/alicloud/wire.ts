import { callerIdentity, checkAccount } from './account.js';
import type { Clock } from './clock.js';
import type { Configuration } from './configuration.js';
import {
  type CredentialsSource,
  credentialsSource,
  expiredAdvice,
  type StsCall,
} from './credentials/source.js';
import { endpointFor } from './endpoints.js';
import { ExpiredError } from './errors.js';
import { type PopReply, type PopRequest, send } from './pop.js';
import type { Credentials } from './redact.js';
import type { Reply } from './reply.js';
import { retrying } from './retry.js';
import type { Service } from './services.js';

/** One request about a link. */
export interface Request {
  readonly service: Exclude<Service, 'sts'>;
  readonly region: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

export interface Answer {
  readonly body: Reply;
  readonly requestId: string;
}

export interface WireContext {
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
  random(): number;
}

/** A token exchange is a small part of an operation; one that takes longer than this fails. */
const STS_TIME = 60_000;

/** The way to the services for one configuration: shared by all resources of a process. Knows no resource. */
export class Wire {
  readonly #configuration: Configuration;
  readonly #context: WireContext;
  readonly #credentials: CredentialsSource;
  #clockOffset: number | undefined;

  /** One function for the whole life of the wire: what it answered is remembered by it. */
  readonly #sts: StsCall = (action, params, credentials) => {
    const { clock, random } = this.#context;
    const deadline = clock.now() + STS_TIME;
    const region = this.#configuration.region?.value ?? '';
    return retrying({ clock, random, deadline }, () => {
      const timeLeft = deadline - clock.now();
      return this.#send({ service: 'sts', region, action, params, credentials, timeLeft, signal: undefined });
    });
  };

  constructor(configuration: Configuration, context: WireContext) {
    this.#configuration = configuration;
    this.#context = context;
    this.#credentials = credentialsSource(configuration.credentials, {
      clock: context.clock,
      environment: context.environment,
      sts: this.#sts,
    });
  }

  get credentialsSource(): string {
    return this.#credentials.description;
  }

  /** What to say of an expired answer: where the keys came from, and how they are renewed. */
  get expiredAdvice(): string {
    return expiredAdvice(this.#credentials);
  }

  get consistencyWindow(): number {
    return this.#configuration.consistencyWindow;
  }

  /** How far the clock of the service is ahead of ours, in milliseconds; undefined before the first reply. */
  get clockOffset(): number | undefined {
    return this.#clockOffset;
  }

  /** The account of the credentials in force, checked against the configuration; undefined under skipRequestingAccountId. */
  async account(): Promise<string | undefined> {
    if (this.#configuration.skipRequestingAccountId) return undefined;
    const caller = await this.#withCredentials((credentials) => callerIdentity(credentials, this.#sts));
    checkAccount(caller, this.#configuration);
    return caller.accountId;
  }

  /** Sends once; gives up when the milliseconds of `timeLeft` are over. */
  async send(request: Request, timeLeft: number, signal?: AbortSignal): Promise<Answer> {
    const { service, region, action } = request;
    // The region goes along: behind an endpoint that serves several it says which is meant.
    const params = { RegionId: region, ...request.params };
    const { body } = await this.#withCredentials((credentials) =>
      this.#send({ service, region, action, params, credentials, timeLeft, signal }),
    );
    return { body, requestId: typeof body.RequestId === 'string' ? body.RequestId : 'not given' };
  }

  /** Asks for the credentials at each request; an expired answer renews them once, where their source can. */
  async #withCredentials<T>(work: (credentials: Credentials) => Promise<T>): Promise<T> {
    const credentials = await this.#credentials.get();
    try {
      return await work(credentials);
    } catch (error) {
      // Many requests may meet the same end of a session; the refused keys tell which of them renews.
      if (!(error instanceof ExpiredError) || !this.#credentials.renew(credentials)) throw error;
      return work(await this.#credentials.get());
    }
  }

  async #send(request: SendOnce): Promise<PopReply> {
    const { service, region, timeLeft, signal, ...rest } = request;
    const { connectTimeout, readTimeout, userAgentSuffix } = this.#configuration;
    const reply = await send({
      ...rest,
      service,
      endpoint: endpointFor(service, region, this.#configuration),
      connectTimeout: Math.min(connectTimeout, timeLeft),
      readTimeout: Math.min(readTimeout, timeLeft),
      ...(userAgentSuffix === undefined ? {} : { userAgentSuffix }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (reply.date !== undefined) this.#clockOffset = reply.date - this.#context.clock.now();
    return reply;
  }
}

type SendOnce = Omit<
  PopRequest,
  'endpoint' | 'connectTimeout' | 'readTimeout' | 'userAgentSuffix' | 'signal'
> & {
  readonly region: string;
  readonly timeLeft: number;
  readonly signal: AbortSignal | undefined;
};
