import type { Call } from '../../provider/hosts/run-step.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld, Setting } from '../support/lifecycle/lifecycle-world.js';
import { keptOf } from '../support/lifecycle/served.js';
import type { Link } from '../support/links/links.js';

interface Command extends Setting {
  /** What a host tells of each call of a step. */
  readonly call?: Call;
}

/** A stack with one link: the state, and what the engine makes of it in each run. Every run is a new process. */
export class Engine {
  /** What the state holds of the link; undefined: nothing. */
  state: Properties | undefined;
  /** The last create or update did not end well, and the state holds what it left. */
  isHalfMade = false;
  readonly #world: LifecycleWorld;
  readonly #link: Link;
  #call: Call | undefined;
  inputs: Properties;

  constructor(world: LifecycleWorld, link: Link, inputs: Properties = {}) {
    this.#world = world;
    this.#link = link;
    this.inputs = { ...link.inputs, ...inputs };
  }

  /** `pulumi up`. Gives the error that it ended with. */
  up(command: Command = {}): Promise<Error | undefined> {
    return this.#run(command, async () => {
      const { state } = this;
      if (state === undefined) return this.#create();
      const diff = await this.#steps.diff(state, this.inputs);
      if (diff.replaces.length > 0) {
        await this.#steps.delete(this.#link.id, state, this.#call);
        this.state = undefined;
        return this.#create();
      }
      // A resource that is half made is updated although nothing differs.
      if (diff.changes !== false || this.isHalfMade) {
        this.state = await this.#steps.update(this.#link.id, state, this.inputs, this.#call);
        this.isHalfMade = false;
      }
    });
  }

  refresh(command: Command = {}): Promise<Error | undefined> {
    return this.#run(command, async () => {
      if (this.state === undefined) return;
      this.state = (await this.#steps.read(this.#link.id, this.state, this.#call))?.outputs;
    });
  }

  destroy(command: Command = {}): Promise<Error | undefined> {
    return this.#run(command, async () => {
      if (this.state === undefined) return;
      await this.#steps.delete(this.#link.id, this.state, this.#call);
      this.state = undefined;
    });
  }

  get #steps() {
    return this.#link.steps(this.#world);
  }

  async #create(): Promise<void> {
    this.state = (await this.#steps.create(this.inputs, this.#call)).outputs;
    this.isHalfMade = false;
  }

  async #run(command: Command, work: () => Promise<void>): Promise<Error | undefined> {
    this.#call = command.call;
    this.#world.restartProvider(command);
    try {
      await work();
      return undefined;
    } catch (error) {
      const kept = keptOf(error);
      if (kept !== undefined) {
        this.state = kept;
        this.isHalfMade = true;
      }
      return error as Error;
    }
  }
}
