import { type Clock, systemClock } from '../alicloud/clock.js';
import { type ConfigSource, type Configuration, readConfiguration } from '../alicloud/configuration.js';
import { overridesInForce, regionProblem } from '../alicloud/endpoints.js';
import { Wire } from '../alicloud/wire.js';
import { adoptable } from '../lifecycle/adoption.js';
import type { CheckContext } from '../lifecycle/lifecycle.js';
import type { Severity } from '../lifecycle/operation.js';

export type Say = (severity: Severity, text: string) => void;

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
  #underWay = 0;
  #saidExpired = false;

  constructor(
    get: ConfigSource,
    environment: NodeJS.ProcessEnv,
    say: Say,
    surroundings: Surroundings = { clock: systemClock, random: Math.random },
  ) {
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
    const { configuration } = this;
    return {
      region: configuration.region?.value,
      regionProblem: (service, region) => regionProblem(service, region, configuration),
    };
  }

  /** The ids that this run may take over; `isId` tells an id of any resource of this package. */
  adoptable(isId: (text: string) => boolean): ReadonlySet<string> {
    this.#adoptable ??= adoptable(this.#environment, isId);
    return this.#adoptable;
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
