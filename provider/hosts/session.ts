import {
  type ConfigSource,
  type Configuration,
  readConfiguration,
} from '../alicloud/configuration/configuration.js';
import { AccountError } from '../alicloud/credentials/account.js';
import { type Clock, systemClock } from '../alicloud/limits/clock.js';
import { overridesInForce, regionProblem } from '../alicloud/sending/endpoint.js';
import { Wire } from '../alicloud/sending/wire.js';
import { adoptable } from '../lifecycle/adoption.js';
import { AccountMismatchError } from '../lifecycle/failures.js';
import { isAdoptable } from '../lifecycle/ids.js';
import type { CheckContext } from '../lifecycle/lifecycle.js';
import type { Severity } from '../lifecycle/operation.js';
import { Claims } from './claims.js';
import { LIFECYCLES } from './lifecycles.js';
import type { Caller } from './ownership.js';
import type { RunFile } from './run-file.js';

export type Say = (severity: Severity, text: string) => void;

/** Milliseconds for which a preview waits to learn the account: it goes on without. */
const PREVIEW_PATIENCE = 10_000;

/** Time and chance, which a test injects. */
export interface Surroundings {
  readonly clock: Clock;
  random(): number;
}

/** What all resources of one provider process share: the configuration and the wire, made when first needed. */
export class Session {
  readonly #get: ConfigSource;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #say: Say;
  readonly surroundings: Surroundings;
  #configuration: Configuration | undefined;
  #wire: Wire | undefined;
  #adoptable: ReadonlySet<string> | undefined;
  #account: Promise<string | undefined> | undefined;
  readonly #named = new Map<string, Caller>();
  readonly #replaced = new Set<string>();
  readonly #previewed = new Set<string>();
  readonly #leaving = new Set<string>();
  readonly claims: Claims;
  #underWay = 0;
  #saidExpired = false;

  constructor(
    get: ConfigSource,
    environment: NodeJS.ProcessEnv,
    say: Say,
    surroundings: Surroundings = { clock: systemClock, random: Math.random },
    run?: RunFile,
  ) {
    this.claims = new Claims(run);
    this.#get = get;
    this.#environment = environment;
    this.#say = say;
    this.surroundings = surroundings;
  }

  get configuration(): Configuration {
    this.#configuration ??= readConfiguration(this.#get, this.#environment);
    return this.#configuration;
  }

  get wire(): Wire {
    if (this.#wire === undefined) {
      const wire = new Wire(this.configuration, {
        ...this.surroundings,
        environment: this.#environment,
        trace: (line) => this.#say('info', `debug: ${line}`),
      });
      for (const line of overridesInForce(this.configuration)) this.#say('info', line);
      this.#wire = wire;
    }
    return this.#wire;
  }

  get checkContext(): CheckContext {
    const { configuration, adoptable } = this;
    return {
      adoptable,
      region: configuration.region?.value,
      regionProblem: (service, region) => regionProblem(service, region, configuration),
    };
  }

  /** The ids that this run may take over. */
  get adoptable(): ReadonlySet<string> {
    const isId = (text: string) => LIFECYCLES.some(({ description }) => isAdoptable(description, text));
    this.#adoptable ??= adoptable(this.#environment, isId);
    return this.#adoptable;
  }

  /** The resource of the program that has named this link before, where it is another one. */
  namedFirst(link: string, caller: Caller): Caller | undefined {
    const first = this.#named.get(link) ?? caller;
    this.#named.set(link, first);
    return (first.urn ?? first.name) === (caller.urn ?? caller.name) ? undefined : first;
  }

  /** Whether the program, as far as it has been seen, has this link under this name. */
  isNamedBy(link: string, caller: Caller | undefined): boolean {
    const named = this.#named.get(link);
    return named !== undefined && (named.urn ?? named.name) === (caller?.urn ?? caller?.name);
  }

  /** The program names this link, or has given it up for another one in its place: seen in this run. */
  isKept(link: string): boolean {
    return this.#named.has(link) || this.#replaced.has(link);
  }

  /** To be called with what a diff says is to be replaced. */
  willReplace(link: string): void {
    this.#replaced.add(link);
  }

  /** To be called with what a preview shows as to be made. */
  willMake(link: string): void {
    this.#previewed.add(link);
  }

  /** Whether the preview has shown it as to be made. */
  isToBeMade(link: string): boolean {
    return this.#previewed.has(link);
  }

  /** Runs the delete of a link, so that it can be said of it that it is under way. */
  async leaving(link: string, work: () => Promise<void>): Promise<void> {
    this.#leaving.add(link);
    try {
      await work();
    } finally {
      this.#leaving.delete(link);
    }
  }

  /** What this run knows of whose a link is. */
  ownerOf(title: string, id: string): string | undefined {
    if (this.#leaving.has(`${title} ${id}`)) return 'of this stack, which is deleting it';
    const owners = this.claims.others({ title, id, account: undefined }, '');
    if (owners.length === 0) return undefined;
    return `of this stack (${owners.map(({ name }) => name ?? 'by a name that is not known').join(', ')})`;
  }

  /** Why what belongs to this account cannot be reached; undefined also where nobody can tell, as without credentials. */
  async accountProblem(stored: string): Promise<Error | undefined> {
    try {
      const { clock, random } = this.surroundings;
      this.#account ??= this.wire.account({ clock, random, deadline: clock.now() + PREVIEW_PATIENCE });
      const current = await this.#account;
      if (current === undefined || current === stored) return undefined;
      return new AccountMismatchError(stored, current, this.wire.accountSource);
    } catch (error) {
      return error instanceof AccountError ? error : undefined;
    }
  }

  /** Runs a step, so that it is known how many others are under way when one finds the credentials expired. */
  async counted<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await work();
    } catch (error) {
      if (this.wire.expired && !this.#saidExpired) {
        this.#saidExpired = true;
        this.say(
          'warning',
          `The credentials expired. Nothing more is sent in this run: ${this.#underWay - 1} other operations that are ` +
            `under way end here, and the next run goes on where this one stopped. ${this.wire.keysAdvice}`,
        );
      }
      throw error;
    } finally {
      this.#underWay--;
    }
  }

  say(severity: Severity, text: string): void {
    this.#say(severity, text);
  }
}
