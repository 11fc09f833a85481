import { ConfigurationError } from '../alicloud/errors.js';
import { titleOf } from '../lifecycle/description.js';
import { parseDuration } from '../lifecycle/duration.js';
import { HalfMadeError } from '../lifecycle/failures.js';
import type { CheckResult, DiffResult, Found, Lifecycle, Made, Properties } from '../lifecycle/lifecycle.js';
import { type Kind, Operation } from '../lifecycle/operation.js';
import { plainOutputs } from '../lifecycle/outputs.js';
import { LIFECYCLES } from './lifecycles.js';
import type { Say, Session } from './session.js';
import { KeptError, StepError } from './step-error.js';

/** Milliseconds for a step that no `customTimeouts` bounds. */
const DEFAULT_TIMEOUT = 10 * 60_000;

/** What a host knows of one call of a step, where it knows more than the session. */
export interface Call {
  readonly say?: Say;
  /** Aborts when the run is interrupted. */
  readonly signal?: AbortSignal;
  /** Milliseconds; without it the `customTimeouts` among the properties bound the step. */
  readonly timeout?: number | undefined;
}

/** The steps of one resource, as every host runs them: bounded, explained, and with plain outputs. */
export class Steps {
  constructor(
    readonly lifecycle: Lifecycle,
    readonly session: () => Session,
  ) {}

  check(news: Properties): CheckResult {
    try {
      return this.lifecycle.check(news, this.session().checkContext);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return { inputs: news, failures: error.problems.map((reason) => ({ property: '', reason })) };
    }
  }

  diff(outputs: Properties, news: Properties): DiffResult {
    return this.lifecycle.diff(outputs, news);
  }

  create(inputs: Properties, call?: Call): Promise<Made> {
    const work = async (operation: Operation) => {
      const { id, outputs } = await this.lifecycle.create(inputs, operation);
      return { id, outputs: plainOutputs(outputs) };
    };
    return this.#run('create', this.lifecycle.idOf(inputs), inputs, call, work);
  }

  /** `inputs` are read from the id, so that an id alone is enough. */
  read(id: string, outputs: Properties, call?: Call): Promise<Found | undefined> {
    return this.#run('read', id, outputs, call, async (operation) => {
      const named = this.lifecycle.inputsOf(id);
      if (named === undefined) {
        const { idFormat, idExample } = this.lifecycle.description;
        throw new Error(`this is no id of it. An id is ${idFormat}, such as ${idExample}.`);
      }
      const inputs = { ...optionalInputs(this.lifecycle, outputs), ...named };
      const found = await this.lifecycle.read(inputs, outputs, operation);
      return found && { ...found, outputs: plainOutputs(found.outputs) };
    });
  }

  update(id: string, outputs: Properties, news: Properties, call?: Call): Promise<Properties> {
    return this.#run('update', id, news, call, async (operation) =>
      plainOutputs(await this.lifecycle.update(outputs, news, operation)),
    );
  }

  delete(id: string, outputs: Properties, call?: Call): Promise<void> {
    return this.#run('delete', id, outputs, call, (operation) => this.lifecycle.delete(outputs, operation));
  }

  /** Runs a function of this resource: a read that is no step of a lifecycle. */
  ask<T>(id: string, work: (operation: Operation) => Promise<T>, call?: Call): Promise<T> {
    return this.#run('read', id, {}, call, work);
  }

  async #run<T>(
    kind: Kind,
    id: string,
    timed: Properties,
    { say, signal, timeout }: Call = {},
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const resource = `${titleOf(this.lifecycle.description)} ${id}`;
    let keysAdvice = () => '';
    try {
      signal?.throwIfAborted();
      const session = this.session();
      const { wire } = session;
      // Where they came from is known when they were asked for.
      keysAdvice = () => wire.keysAdvice;
      const operation = new Operation({
        kind,
        subject: resource,
        wire,
        ...session.surroundings,
        timeout: timeout ?? timeoutOf(kind, timed),
        ...(signal !== undefined && { signal }),
        adoptable: session.adoptable((text) =>
          LIFECYCLES.some(({ inputsOf }) => inputsOf(text) !== undefined),
        ),
        say: say ?? ((severity, text) => session.say(severity, text)),
      });
      return await session.counted(() => work(operation));
    } catch (error) {
      const failure = new StepError(
        kind,
        resource,
        error instanceof HalfMadeError ? error.cause : error,
        keysAdvice(),
      );
      throw error instanceof HalfMadeError
        ? new KeptError(error.id, plainOutputs(error.outputs), failure)
        : failure;
    }
  }
}

function timeoutOf(kind: Kind, { customTimeouts }: Properties): number {
  return parseDuration((customTimeouts as Record<string, unknown> | undefined)?.[kind]) ?? DEFAULT_TIMEOUT;
}

/** The inputs that no id holds, as they stood in the program at the last `up`. */
function optionalInputs({ description }: Lifecycle, outputs: Properties): Properties {
  const names = [...Object.keys(description.args), 'customTimeouts'];
  return Object.fromEntries(
    names.filter((name) => outputs[name] !== undefined).map((name) => [name, outputs[name]]),
  );
}
