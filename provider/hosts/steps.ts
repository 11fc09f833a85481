import { ConfigurationError } from '../alicloud/answers/errors.js';
import { titleOf } from '../lifecycle/description.js';
import { HalfMadeError } from '../lifecycle/failures.js';
import type { CheckResult, DiffResult, Found, Lifecycle, Made, Properties } from '../lifecycle/lifecycle.js';
import type { Kind, Operation } from '../lifecycle/operation.js';
import { plainOutputs } from '../lifecycle/outputs.js';
import { standingOf } from '../lifecycle/standing.js';
import { isUnknown } from '../lifecycle/unknown.js';
import { type Caller, claimedBy, newClaim, Ownership } from './ownership.js';
import { type Call, runStep } from './run-step.js';
import type { Session } from './session.js';
import { StepError } from './step-error.js';

/** How a read came about. A `get` only looks: what it finds is no resource of the stack. */
export type Reason = 'refresh' | 'import' | 'get';

/** The steps of one resource, as every host runs them: bounded, explained, and with plain outputs. */
export class Steps {
  constructor(
    readonly lifecycle: Lifecycle,
    readonly session: () => Session,
  ) {}

  /** `olds` are the inputs of the state. A caller names its link for this run. */
  check(news: Properties, olds?: Properties, caller?: Caller): CheckResult {
    try {
      const session = this.session();
      const { inputs, failures } = this.lifecycle.check(news, session.checkContext, olds);
      if (failures.length > 0 || caller === undefined || this.#isUnknown(inputs)) return { inputs, failures };
      const id = this.lifecycle.idOf(inputs);
      const other = session.namedFirst(this.#subject(id), caller);
      if (other === undefined) return { inputs, failures };
      const reason = `${other.name} names ${id}, too, and it can belong to one resource only: remove one of the two.`;
      return { inputs, failures: [{ property: '', reason }] };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return { inputs: news, failures: error.problems.map((reason) => ({ property: '', reason })) };
    }
  }

  async diff(outputs: Properties, news: Properties, caller?: Caller): Promise<DiffResult> {
    const diff = this.lifecycle.diff(outputs, news);
    const id = this.lifecycle.idOf(outputs);
    const { accountId } = outputs;
    if (typeof accountId === 'string') {
      // What differs in the account cannot be updated, and is said where a preview shows it.
      const problem = await this.session().accountProblem(accountId);
      if (problem !== undefined) throw new StepError('update', this.#subject(id), problem, '');
    }
    if (diff.replaces.length > 0) {
      this.session().willReplace(this.#subject(id));
      return diff;
    }
    // A refresh asks for a diff, too, and of what the program does not have any more.
    if (this.session().isNamedBy(this.#subject(id), caller)) this.#ownership.has(id, outputs, caller);
    else this.#ownership.found(id, outputs, caller);
    return diff;
  }

  create(inputs: Properties, call?: Call): Promise<Made> {
    const id = this.lifecycle.idOf(inputs);
    return this.#run('create', id, inputs, call, async (operation) => {
      const account = await operation.account();
      const claim = this.#ownership.begin(id, account, call?.caller);
      try {
        const { outputs } = await this.#claimed(claim, () => this.lifecycle.create(inputs, operation));
        return { id, outputs };
      } catch (error) {
        if (!(error instanceof HalfMadeError)) this.#ownership.giveUp(id, account, claim);
        throw error;
      }
    });
  }

  /** A preview has come to its create, which sends nothing. */
  willCreate(inputs: Properties): void {
    if (!this.#isUnknown(inputs)) this.session().willMake(this.#subject(this.lifecycle.idOf(inputs)));
  }

  /** `inputs` are read from the id, so that an id alone is enough. */
  read(id: string, outputs: Properties, call?: Call, reason: Reason = 'refresh'): Promise<Found | undefined> {
    return this.#run('read', id, outputs, call, async (operation) => {
      const named = this.lifecycle.inputsOf(id);
      if (named === undefined) {
        const { idFormat, idExample } = this.lifecycle.description;
        throw new Error(`this is no id of it. An id is ${idFormat}, such as ${idExample}.`);
      }
      const inputs = { ...optionalInputs(this.lifecycle, outputs), ...named };
      const found = await this.lifecycle.read(inputs, outputs, operation);
      if (found === undefined) {
        if (reason === 'refresh') this.#ownership.release(id, outputs, call?.caller);
        return undefined;
      }
      if (reason === 'import') {
        const { accountId } = found.outputs;
        const account = typeof accountId === 'string' ? accountId : undefined;
        const claim = this.#ownership.begin(id, account, call?.caller);
        return { ...found, outputs: plainOutputs(claimedBy(found.outputs, claim)) };
      }
      if (reason === 'refresh') this.#ownership.found(id, found.outputs, call?.caller);
      return { ...found, outputs: plainOutputs(found.outputs) };
    });
  }

  update(id: string, outputs: Properties, news: Properties, call?: Call): Promise<Properties> {
    return this.#run('update', id, news, call, async (operation) => {
      const claim = standingOf(outputs).claim ?? newClaim();
      this.#ownership.release(id, outputs, call?.caller);
      const own = claimedBy(outputs, claim);
      this.#ownership.has(id, own, call?.caller);
      const updated = await this.#claimed(claim, async () => ({
        outputs: await this.lifecycle.update(own, news, operation),
      }));
      return updated.outputs;
    });
  }

  delete(id: string, outputs: Properties, call?: Call): Promise<void> {
    return this.#run('delete', id, outputs, call, async (operation) => {
      const others = this.#ownership.others(id, outputs, call?.caller);
      if (others === undefined)
        await this.session().leaving(this.#subject(id), () => this.lifecycle.delete(outputs, operation));
      else {
        const text = `it is left as it is, since ${others} has it in this stack. Only this entry goes; nothing was sent.`;
        operation.say('warning', `${this.#subject(id)}: ${text}`);
      }
      this.#ownership.release(id, outputs, call?.caller);
    });
  }

  get #ownership(): Ownership {
    return new Ownership(this.lifecycle, this.session().claims);
  }

  #subject(id: string): string {
    return `${titleOf(this.lifecycle.description)} ${id}`;
  }

  #isUnknown(inputs: Properties): boolean {
    const { args } = this.lifecycle.description;
    return Object.keys(args).some((name) => args[name]?.replaces && isUnknown(inputs[name]));
  }

  /** What a step gives, or leaves, with its claim in it. */
  async #claimed(
    claim: string,
    work: () => Promise<{ readonly outputs: Properties }>,
  ): Promise<{ readonly outputs: Properties }> {
    try {
      return { outputs: plainOutputs(claimedBy((await work()).outputs, claim)) };
    } catch (error) {
      if (!(error instanceof HalfMadeError)) throw error;
      throw new HalfMadeError(error.id, claimedBy(error.outputs, claim), error.cause);
    }
  }

  #run<T>(
    kind: Kind,
    id: string,
    timed: Properties,
    call: Call | undefined,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    return runStep({ kind, subject: this.#subject(id), timed, session: this.session, call }, work);
  }
}

/** The inputs that no id holds, as they stood in the program at the last `up`. */
function optionalInputs({ description }: Lifecycle, outputs: Properties): Properties {
  const names = [...Object.keys(description.args), 'customTimeouts'];
  return Object.fromEntries(
    names.filter((name) => outputs[name] !== undefined).map((name) => [name, outputs[name]]),
  );
}
