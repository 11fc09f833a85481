import { parseDuration } from '../../provider/lifecycle/duration.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { keptOf } from '../support/lifecycle/served.js';
import { isBelow, LINKS, linkOf, type Program } from './links.js';
import type { ModelWorld, ProviderProcess } from './model-world.js';

/** What the state keeps of one resource. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  readonly outputs: Properties;
  readonly inputs: Properties;
  /** The last create or update did not end well: the next `up` updates it, whatever a diff says. */
  readonly initErrors: boolean;
}

export interface Failure {
  readonly slot: string;
  readonly message: string;
}

/** How one command went. */
export interface Outcome {
  readonly failures: readonly Failure[];
  readonly killed: boolean;
  readonly said: readonly string[];
  /** Names of the resources that it made. */
  readonly made: ReadonlySet<string>;
  /** Steps that took more time than they had. */
  readonly late: readonly string[];
}

const DEFAULT_TIMEOUT = 600_000;

interface Run {
  readonly process: ProviderProcess;
  readonly parallel: boolean;
  readonly failures: Failure[];
  readonly made: Set<string>;
  readonly late: string[];
}

/**
 * Does with a state what Pulumi's engine does: keeps what a failed create asks it to keep, deletes before it
 * replaces, starts nothing more after a failure, removes what left the program last, and forgets whatever a process
 * that was killed had not answered yet.
 */
export class Engine {
  readonly state = new Map<string, Kept>();

  constructor(
    readonly world: ModelWorld,
    readonly parallel: boolean,
  ) {}

  up(process: ProviderProcess, program: Program): Promise<Outcome> {
    return this.#command(process, async (run) => {
      for (const level of levels([...program].map(([slot, { link }]) => ({ slot, id: link.id }))))
        await this.#each(run, level, (slot) => this.#bring(run, slot, program));
      if (run.failures.length > 0) return;
      await this.#deleteAll(run, (slot) => !program.has(slot));
    });
  }

  refresh(process: ProviderProcess): Promise<Outcome> {
    return this.#command(process, (run) =>
      this.#each(run, [...this.state.keys()], async (slot) => {
        const kept = this.#kept(slot);
        const found = await run.process.of(kept.title).read(kept.id, kept.outputs);
        if (run.process.killed) return;
        if (found === undefined) this.state.delete(slot);
        else {
          this.state.set(slot, {
            ...kept,
            inputs: found.inputs,
            outputs: found.outputs,
            // The engine takes them from the read, and this one ended well.
            initErrors: false,
          });
        }
      }),
    );
  }

  destroy(process: ProviderProcess): Promise<Outcome> {
    return this.#command(process, (run) => this.#deleteAll(run, () => true));
  }

  /** Names of the resources that another `up` of this program would touch. */
  async preview(process: ProviderProcess, program: Program): Promise<string[]> {
    const touched: string[] = [];
    for (const slot of new Set([...program.keys(), ...this.state.keys()])) {
      const [kept, wanted] = [this.state.get(slot), program.get(slot)];
      if (kept !== undefined && wanted !== undefined && !kept.initErrors) {
        const steps = process.of(kept.title);
        const { inputs } = await steps.check(wanted.inputs);
        if ((await steps.diff(kept.outputs, inputs)).changes === false) continue;
      }
      touched.push(slot);
    }
    return touched;
  }

  async #bring(run: Run, slot: string, program: Program): Promise<void> {
    const wanted = program.get(slot);
    if (wanted === undefined) return;
    const { title, id } = wanted.link;
    const steps = run.process.of(title);
    const { inputs, failures } = await steps.check(wanted.inputs);
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    const old = this.state.get(slot);
    if (old === undefined) return this.#create(run, slot, title, inputs);
    const diff = await steps.diff(old.outputs, inputs);
    if (diff.replaces.length > 0) {
      await this.#delete(run, slot);
      return this.#create(run, slot, title, inputs);
    }
    if (diff.changes === false && !old.initErrors) {
      this.state.set(slot, { ...old, inputs });
      return;
    }
    await this.#write(run, slot, { id, title, inputs }, 'update', () =>
      steps.update(old.id, old.outputs, inputs),
    );
  }

  #create(run: Run, slot: string, title: string, inputs: Properties): Promise<void> {
    const steps = run.process.of(title);
    const id = steps.lifecycle.idOf(inputs);
    return this.#write(
      run,
      slot,
      { id, title, inputs },
      'create',
      async () => (await steps.create(inputs)).outputs,
    );
  }

  async #write(
    run: Run,
    slot: string,
    kept: Pick<Kept, 'id' | 'title' | 'inputs'>,
    step: 'create' | 'update',
    work: () => Promise<Properties>,
  ): Promise<void> {
    try {
      const outputs = await this.#timed(run, `${step} ${kept.id}`, kept.inputs, step, work);
      if (run.process.killed) return;
      this.state.set(slot, { ...kept, outputs, initErrors: false });
      if (step === 'create') run.made.add(slot);
    } catch (error) {
      const outputs = keptOf(error);
      if (outputs !== undefined && !run.process.killed)
        this.state.set(slot, { ...kept, outputs, initErrors: true });
      throw error;
    }
  }

  /** What hangs on another one goes before it, and nothing goes on below which something is left. */
  async #deleteAll(run: Run, isToGo: (slot: string) => boolean): Promise<void> {
    const all = [...this.state].map(([slot, { id }]) => ({ slot, id }));
    for (const level of levels(all).reverse()) {
      const free = level.filter((slot) => isToGo(slot) && !this.#holds(slot, isToGo));
      await this.#each(run, free, (slot) => this.#delete(run, slot));
    }
  }

  /** Whether something below it was to go, and did not. */
  #holds(slot: string, isToGo: (slot: string) => boolean): boolean {
    const own = linkOf(this.#kept(slot).id);
    return [...this.state].some(([name, { id }]) => {
      const other = isToGo(name) ? linkOf(id) : undefined;
      return own !== undefined && other !== undefined && isBelow(other, own);
    });
  }

  async #delete(run: Run, slot: string): Promise<void> {
    const { id, title, outputs } = this.#kept(slot);
    await this.#timed(run, `delete ${id}`, outputs, 'delete', () =>
      run.process.of(title).delete(id, outputs),
    );
    if (!run.process.killed) this.state.delete(slot);
  }

  async #timed<T>(
    run: Run,
    what: string,
    { customTimeouts }: Properties,
    step: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const most = parseDuration((customTimeouts as Properties | undefined)?.[step]) ?? DEFAULT_TIMEOUT;
    const started = this.world.clock.now();
    try {
      return await work();
    } finally {
      const took = this.world.clock.now() - started;
      // With others at work their sleeps pass this one's time, too.
      if (!run.parallel && took > most) run.late.push(`${what} took ${took} ms of ${most}`);
    }
  }

  async #command(process: ProviderProcess, work: (run: Run) => Promise<void>): Promise<Outcome> {
    const run: Run = { process, parallel: this.parallel, failures: [], made: new Set(), late: [] };
    await work(run);
    return { ...run, killed: process.killed, said: process.said };
  }

  async #each(run: Run, slots: readonly string[], work: (slot: string) => Promise<void>): Promise<void> {
    const one = async (slot: string) => {
      try {
        await work(slot);
      } catch (error) {
        if (run.process.killed) return;
        run.failures.push({ slot, message: (error as Error).message });
      }
    };
    if (this.parallel) await Promise.all(slots.map(one));
    else {
      for (const slot of slots) if (run.failures.length === 0 && !run.process.killed) await one(slot);
    }
  }

  #kept(slot: string): Kept {
    const kept = this.state.get(slot);
    if (kept === undefined) throw new Error(`nothing is kept of ${slot}`);
    return kept;
  }
}

/** Names of resources, those first on which others hang. */
function levels(all: readonly { readonly slot: string; readonly id: string }[]): string[][] {
  const depthOf = (id: string) => {
    const own = linkOf(id);
    return own === undefined ? 0 : LINKS.filter((link) => isBelow(own, link)).length;
  };
  return [0, 1, 2].map((depth) => all.filter(({ id }) => depthOf(id) === depth).map(({ slot }) => slot));
}
