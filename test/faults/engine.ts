import { KeptError } from '../../provider/hosts/steps.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld, Setting } from '../lifecycle-world.js';
import type { Link } from './links.js';

/** A stack with one link: the state, and what the engine makes of it in each run. Every run is a new process. */
export class Engine {
  /** What the state holds of the link; undefined: nothing. */
  state: Properties | undefined;
  /** The last create or update did not end well, and the state holds what it left. */
  isHalfMade = false;
  readonly #world: LifecycleWorld;
  readonly #link: Link;
  inputs: Properties;

  constructor(world: LifecycleWorld, link: Link, inputs: Properties = {}) {
    this.#world = world;
    this.#link = link;
    this.inputs = { ...link.inputs, ...inputs };
  }

  /** `pulumi up`. Gives the error that it ended with. */
  up(setting: Setting = {}): Promise<Error | undefined> {
    return this.#run(setting, async () => {
      const { state } = this;
      if (state === undefined) return this.#create();
      const diff = this.#steps.diff(state, this.inputs);
      if (diff.replaces.length > 0) {
        await this.#steps.delete(this.#link.id, state);
        this.state = undefined;
        return this.#create();
      }
      // A resource that is half made is updated although nothing differs.
      if (diff.changes !== false || this.isHalfMade) {
        this.state = await this.#steps.update(this.#link.id, state, this.inputs);
        this.isHalfMade = false;
      }
    });
  }

  refresh(setting: Setting = {}): Promise<Error | undefined> {
    return this.#run(setting, async () => {
      if (this.state === undefined) return;
      this.state = (await this.#steps.read(this.#link.id, this.state))?.outputs;
    });
  }

  destroy(setting: Setting = {}): Promise<Error | undefined> {
    return this.#run(setting, async () => {
      if (this.state === undefined) return;
      await this.#steps.delete(this.#link.id, this.state);
      this.state = undefined;
    });
  }

  get #steps() {
    return this.#link.steps(this.#world);
  }

  async #create(): Promise<void> {
    this.state = (await this.#steps.create(this.inputs)).outputs;
    this.isHalfMade = false;
  }

  async #run(setting: Setting, work: () => Promise<void>): Promise<Error | undefined> {
    this.#world.restartProvider(setting);
    try {
      await work();
      return undefined;
    } catch (error) {
      if (error instanceof KeptError) {
        this.state = error.outputs;
        this.isHalfMade = true;
      }
      return error as Error;
    }
  }
}
