import {
  ExpiredError,
  NotFoundError,
  ServiceError,
  ThrottledError,
  TransportError,
} from '../answers/errors.js';
import { proofOf } from '../answers/proof.js';
import type { Reply } from '../answers/reply.js';
import type { Configuration } from '../configuration/configuration.js';
import { type Caller, Callers, checkAccount } from '../credentials/account.js';
import {
  type CredentialsSource,
  keysAdvice,
  type PlainCall,
  type StsCall,
} from '../credentials/credentials-source.js';
import { credentialsSource } from '../credentials/source.js';
import type { Clock } from '../limits/clock.js';
import { Limiters } from '../limits/limiter.js';
import { type Bound, retrying } from '../limits/retry.js';
import { Agents } from '../network/agents.js';
import { auditLog } from '../records/audit-log.js';
import type { Credentials } from '../records/redact.js';
import { type Trace, traceOf } from '../records/trace.js';
import { endpointFor } from './endpoint.js';
import { fetchPlain, type PlainReply } from './plain-http.js';
import { type PopReply, type PopRequest, send } from './pop.js';
import type { Service } from './services.js';

/** One request about a link. */
export interface Request {
  readonly service: Exclude<Service, 'sts'>;
  readonly region: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** The id of the link that the request changes; absent for a request that only reads. */
  readonly changes?: string;
  /** Whether a reply answers what was asked. One that does not is none, and proves nothing. */
  answers?(body: Reply): boolean;
  /** Asked when the turn of the request has come: it may look once more, and fail in place of the request. */
  before?(): Promise<void>;
}

export interface Answer {
  readonly body: Reply;
  readonly requestId: string;
}

/** How one try of a request is sent. */
interface Try {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds after which it is given up. */
  readonly timeLeft: number;
  readonly signal?: AbortSignal;
}

export interface WireContext {
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
  random(): number;
  /** Says what happened on the wire, where the environment asks for it. */
  trace?(line: string): void;
}

/** The way to the services for one configuration: shared by all resources of a process. Knows no resource. */
export class Wire {
  readonly #configuration: Configuration;
  readonly #context: WireContext;
  readonly #credentials: CredentialsSource;
  readonly #callers: Callers;
  readonly #agents: Agents;
  readonly #limiters: Limiters;
  readonly #audit: ReturnType<typeof auditLog>;
  readonly #trace: Trace;
  #clockOffset: number | undefined;
  #caller: Caller | undefined;
  /** The answer that said the credentials are over, where their source has no others. */
  #expired: ExpiredError | undefined;

  constructor(configuration: Configuration, context: WireContext) {
    this.#configuration = configuration;
    this.#context = context;
    this.#agents = new Agents(configuration.caFile);
    this.#limiters = new Limiters(context.clock);
    this.#audit = auditLog(context.environment);
    this.#trace = traceOf(context.environment, context.trace);
    const sts: StsCall = (action, params, credentials, bound) =>
      this.#sts(action, params, credentials, bound);
    this.#credentials = credentialsSource(configuration.credentials, {
      environment: context.environment,
      sts,
      plain: (url, how, bound) => this.#plain(url, how, bound),
    });
    this.#callers = new Callers(sts);
  }

  get credentialsSource(): string {
    return this.#credentials.description;
  }

  /** What to say of an answer about the keys: where they came from, and how they are renewed. */
  get keysAdvice(): string {
    return keysAdvice(this.#credentials);
  }

  /** Whether the credentials are over, so that nothing more is sent. */
  get expired(): boolean {
    return this.#expired !== undefined;
  }

  get consistencyWindow(): number {
    return this.#configuration.consistencyWindow;
  }

  /** How far the clock of the service is ahead of ours, in milliseconds; undefined before the first reply. */
  get clockOffset(): number | undefined {
    return this.#clockOffset;
  }

  /** Where the account is known from. */
  get accountSource(): string {
    return this.#configuration.skipRequestingAccountId
      ? 'by the configured accountId; STS was not asked'
      : this.credentialsSource;
  }

  /** The account of the credentials in force, as STS or, where it is not to be asked, the configuration says it, if so. */
  async account(bound: Bound): Promise<string | undefined> {
    if (this.#configuration.skipRequestingAccountId) return this.#configuration.accountId;
    this.#caller = await this.#withCredentials(bound, (credentials) => this.#callers.of(credentials, bound));
    checkAccount(this.#caller, this.#configuration, this.credentialsSource);
    return this.#caller.accountId;
  }

  /** Sends once, in its turn; `number` is 1 for the first try. */
  async send(request: Request, bound: Bound, number: number): Promise<Answer> {
    if (this.#expired) throw this.#expired;
    // A turn that waits for credentials would be over when they come.
    await this.#credentials.get(bound);
    const { service, region, action } = request;
    const { clock } = this.#context;
    const endpoint = endpointFor(service, region, this.#configuration);
    const limiter = this.#limiters.for(service, endpoint, action, request.params.ProjectName);
    const { timeLeft } = tryWithin(bound, number);
    const wait = limiter.reserve(timeLeft);
    if (wait >= timeLeft) {
      const late = `its turn at ${limiter.rate} requests a second did not come in time`;
      throw limiter.refusal ?? new TransportError(service, action, late, false);
    }
    if (wait > 0) {
      this.#trace({ event: 'wait', service, region, action, milliseconds: wait, rate: limiter.rate });
      await clock.sleep(wait, bound.signal);
    }
    await request.before?.();
    // The region goes along: behind an endpoint that serves several it says which is meant.
    const params = { RegionId: region, ...request.params };
    return this.#audited(request, number, async () => {
      try {
        const { body } = await this.#withCredentials(bound, (credentials) =>
          this.#send({ service, region, action, params, credentials }, tryWithin(bound, number)),
        );
        limiter.answered();
        const requestId = String(body.RequestId);
        if (request.answers?.(body) ?? true) return { body, requestId };
        const reason = `an answer without what was asked for (RequestId ${requestId})`;
        throw new TransportError(service, action, reason, true);
      } catch (error) {
        if (error instanceof ThrottledError) limiter.throttled(error);
        throw error;
      }
    });
  }

  /** Writes the records of a mutating call, before it and after it. */
  async #audited(request: Request, number: number, work: () => Promise<Answer>): Promise<Answer> {
    const audit = this.#audit;
    const { action, changes: id } = request;
    if (audit === undefined || id === undefined) return work();
    const { accountId: account = null, arn: caller = null } = this.#caller ?? {};
    const entry = () => ({
      time: new Date(this.#context.clock.now()).toISOString(),
      account,
      caller,
      action,
      id,
      try: number,
    });
    audit({ ...entry(), outcome: 'sent' });
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      const { code, requestId } = error instanceof ServiceError ? error : {};
      const gone = error instanceof NotFoundError && /^(Delete|Unbind)/.test(action);
      const refused = code !== undefined && proofOf(error) === 'not done';
      const outcome = gone ? 'already gone' : refused ? 'refused' : 'unknown';
      audit({
        ...entry(),
        outcome,
        ...(code !== undefined && { code }),
        ...(requestId !== undefined && { requestId }),
      });
      throw error;
    }
    audit({ ...entry(), outcome: 'done', requestId: answer.requestId });
    return answer;
  }

  /** Asks for the credentials at each request; an expired answer renews them once, where their source can. */
  async #withCredentials<T>(bound: Bound, work: (credentials: Credentials) => Promise<T>): Promise<T> {
    // The keys are over for all that is still to come: nothing of it is sent.
    if (this.#expired) throw this.#expired;
    const credentials = await this.#credentials.get(bound);
    try {
      return await work(credentials);
    } catch (error) {
      if (!(error instanceof ExpiredError)) throw error;
      // Many requests may meet the same end of a session; the refused keys tell which of them renews.
      const renewed = this.#credentials.renew(credentials) ? await this.#credentials.get(bound) : credentials;
      // A file that was read again may still hold the keys that were refused.
      if (isSame(renewed, credentials)) {
        this.#expired = error;
        throw error;
      }
      return work(renewed);
    }
  }

  /** An exchange with STS, tried as long as anybody has time for it. */
  #sts(...[action, params, credentials, bound]: Parameters<StsCall>): Promise<PopReply> {
    const region = this.#configuration.region?.value ?? '';
    return retrying(bound, (number) =>
      this.#send({ service: 'sts', region, action, params, credentials }, tryWithin(bound, number)),
    );
  }

  /** One request to another source of credentials, by the same connections. */
  #plain(...[url, { connectTimeout: most, ...how }, bound]: Parameters<PlainCall>): Promise<PlainReply> {
    const { connectTimeout, readTimeout } = this.#configuration;
    const { timeLeft, signal } = tryWithin(bound, 1);
    return fetchPlain({
      ...how,
      url,
      agent: this.#agents.for(url.origin),
      connectTimeout: Math.min(most ?? connectTimeout, timeLeft),
      readTimeout: Math.min(readTimeout, timeLeft),
      ...(signal && { signal }),
    });
  }

  async #send(request: SendOnce, { number, timeLeft, signal }: Try): Promise<PopReply> {
    const { service, region, ...rest } = request;
    const { connectTimeout, readTimeout, userAgentSuffix } = this.#configuration;
    const endpoint = endpointFor(service, region, this.#configuration);
    const { clock } = this.#context;
    const started = clock.now();
    const traced = {
      service,
      region,
      action: request.action,
      endpoint,
      try: number,
      credentials: this.#credentials.description,
    };
    try {
      const reply = await send({
        ...rest,
        service,
        endpoint,
        agent: this.#agents.for(endpoint),
        connectTimeout: Math.min(connectTimeout, timeLeft),
        readTimeout: Math.min(readTimeout, timeLeft),
        ...(userAgentSuffix === undefined ? {} : { userAgentSuffix }),
        ...(signal === undefined ? {} : { signal }),
      });
      if (reply.date !== undefined) this.#clockOffset = reply.date - clock.now();
      this.#trace({
        event: 'answer',
        ...traced,
        milliseconds: clock.now() - started,
        requestId: reply.body.RequestId,
      });
      return reply;
    } catch (error) {
      const { code, requestId, status } = error instanceof ServiceError ? error : {};
      const reason = error instanceof TransportError ? error.reason : undefined;
      this.#trace({
        event: 'failure',
        ...traced,
        milliseconds: clock.now() - started,
        code,
        requestId,
        status,
        reason,
      });
      throw error;
    }
  }
}

function tryWithin({ clock, deadline, signal }: Bound, number: number): Try {
  const timeLeft = Math.max(1, deadline - clock.now());
  return { number, timeLeft, ...(signal === undefined ? {} : { signal }) };
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.securityToken === other.securityToken;
}

type SendOnce = Pick<PopRequest, 'service' | 'action' | 'params' | 'credentials'> & {
  readonly region: string;
};
