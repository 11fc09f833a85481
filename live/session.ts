import { ServiceError, ThrottledError, TransportError } from '../provider/alicloud/answers/errors.js';
import { proofOf } from '../provider/alicloud/answers/proof.js';
import type { Configuration } from '../provider/alicloud/configuration/configuration.js';
import { systemClock } from '../provider/alicloud/limits/clock.js';
import type { Bound } from '../provider/alicloud/limits/retry.js';
import { type Request, Wire } from '../provider/alicloud/sending/wire.js';
import { Operation } from '../provider/lifecycle/operation.js';
import { QUESTIONS, type Question } from './questions.js';
import { Redaction } from './redaction.js';
import type { LiveSettings } from './settings.js';
import type { Transcript } from './transcript.js';
import { Undo } from './undo.js';

/** How fast and how long to look, in milliseconds. */
export interface Pace {
  readonly pause: number;
  readonly patience: number;
}

/** What one request came to. No code is a success; `status` 0 is no reply. */
export interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  /** The words of the service, redacted. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The service refused it for good: nothing happened. */
  readonly refused: boolean;
}

/** One run: it asks, remembers the answers, and knows what has to be removed. */
export class LiveSession {
  readonly undo = new Undo();
  readonly names = new Redaction();
  readonly answers: Transcript['answers'] = [];
  readonly exchanges: Transcript['exchanges'] = [];
  readonly #wires = new Map<Configuration, Wire>();

  constructor(
    readonly settings: LiveSettings,
    readonly pace: Pace,
    readonly say: (line: string) => void,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Whose account is in force; an account that the configuration does not allow is an error. */
  async account(): Promise<string> {
    const wire = this.#wire(this.settings.configuration);
    return `account ${(await wire.account(this.#bound())) ?? 'not asked'} (${wire.credentialsSource})`;
  }

  /** Sends and records; a refusal is an outcome like any other. What is throttled is sent again. */
  async ask(
    question: Question,
    probe: string,
    { action, service, params }: Omit<Request, 'region'>,
    configuration = this.settings.configuration,
  ): Promise<Outcome> {
    const end = Date.now() + this.pace.patience;
    for (;;) {
      const outcome = await this.#send(
        { service, region: this.settings.region, action, params },
        configuration,
      );
      if (outcome.throttled && Date.now() < end) {
        await this.pause();
        continue;
      }
      this.#record(question, probe, { service, action, params }, outcome);
      return outcome;
    }
  }

  /** Sends many at once, and answers the first that was throttled. */
  async flood(
    question: Question,
    probe: string,
    request: Omit<Request, 'region'>,
    many: number,
  ): Promise<Outcome | undefined> {
    const full = { ...request, region: this.settings.region };
    const outcomes = await Promise.all(
      Array.from({ length: many }, () => this.#send(full, this.settings.configuration)),
    );
    const throttled = outcomes.find((outcome) => outcome.throttled);
    if (throttled !== undefined) this.#record(question, probe, request, throttled);
    return throttled;
  }

  answer(question: Question, answer: string): void {
    this.answers.push({ question, asked: QUESTIONS[question], answer: this.names.text(answer) });
    this.say(`  ${question} ${QUESTIONS[question]}: ${answer}`);
  }

  /** Looks until `done` says so, and answers how long it took; undefined where patience ended. */
  async watch(done: () => Promise<boolean>): Promise<number | undefined> {
    const started = Date.now();
    for (;;) {
      if (await done()) return Date.now() - started;
      if (Date.now() - started > this.pace.patience) return undefined;
      await this.pause();
    }
  }

  pause(): Promise<void> {
    return systemClock.sleep(this.pace.pause, this.signal);
  }

  /** A step of the provider's own lifecycles. Ctrl-C does not stop it: it removes what was made. */
  removal(): Operation {
    return new Operation({
      kind: 'delete',
      subject: 'what was made',
      wire: this.#wire(this.settings.configuration),
      clock: systemClock,
      random: Math.random,
      timeout: this.pace.patience,
      adoptable: new Set(),
      say: (severity, text) => {
        if (severity !== 'status') this.say(`  ${text}`);
      },
    });
  }

  #bound(): Bound {
    return {
      clock: systemClock,
      deadline: systemClock.now() + this.pace.patience,
      random: Math.random,
      ...(this.signal === undefined ? {} : { signal: this.signal }),
    };
  }

  #wire(configuration: Configuration): Wire {
    const found = this.#wires.get(configuration);
    if (found) return found;
    const wire = new Wire(configuration, {
      clock: systemClock,
      environment: process.env,
      random: Math.random,
    });
    this.#wires.set(configuration, wire);
    return wire;
  }

  async #send(
    request: Request,
    configuration: Configuration,
  ): Promise<Outcome & { readonly throttled: boolean }> {
    try {
      const { body } = await this.#wire(configuration).send(request, this.#bound(), 1);
      return { status: 200, code: undefined, text: '', body, refused: false, throttled: false };
    } catch (error) {
      const throttled =
        error instanceof ThrottledError ||
        (error instanceof ServiceError && error.code === 'ServiceUnavailable');
      if (error instanceof ServiceError) {
        const { status = 0, code, text } = error;
        return {
          status,
          code,
          text: this.names.text(text),
          body: {},
          refused: proofOf(error) === 'not done',
          throttled,
        };
      }
      if (!(error instanceof TransportError)) throw error;
      return {
        status: error.status ?? 0,
        code: undefined,
        text: this.names.text(error.reason),
        body: {},
        refused: false,
        throttled,
      };
    }
  }

  /** The same reply to the same question is written once. */
  #record(
    question: Question,
    probe: string,
    { service, action, params }: Omit<Request, 'region'>,
    outcome: Outcome,
  ): void {
    const { status, code, text, body } = outcome;
    const entry = {
      question,
      probe,
      service,
      action,
      params: this.names.params(params),
      reply: {
        status,
        ...(code !== undefined && { code }),
        ...(text !== '' && { message: text }),
        ...(code === undefined && status === 200 && { body: this.names.body(body) }),
      },
    };
    const text_ = JSON.stringify(entry);
    if (!this.exchanges.some((known) => JSON.stringify(known) === text_)) this.exchanges.push(entry);
  }
}

/** `400 ResourceNotFound ("...")`, or `success`. */
export function said({ status, code, text }: Outcome): string {
  if (code === undefined) return status === 200 ? 'success' : `no answer of the API (${text})`;
  return `${status} ${code} ("${text}")`;
}

export function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined
    ? 'not within the time of the test'
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
