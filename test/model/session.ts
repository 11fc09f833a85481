import type { Switches } from '../../emulator/switches.js';
import { doubtOf, isUnfinished } from '../../provider/lifecycle/standing.js';
import { leaksIn } from '../faults/leaks.js';
import type { Server } from '../support/lifecycle/served.js';
import { Book } from './book.js';
import { type LiveLink, means, WINDOW } from './cloud.js';
import {
  configFor,
  type Disturbance,
  Disturbed,
  leavesGhosts,
  mayDisown,
  mayFail,
  NONE,
} from './disturbance.js';
import { Engine, type Kept, type Outcome } from './engine.js';
import { adoptLine, isExplained, lineIn } from './explained.js';
import { idIn, isDated, type Program } from './links.js';
import { ModelWorld, ProviderProcess } from './model-world.js';

export type CommandName = 'up' | 'refresh' | 'destroy';

/** Longer than a fault lets reads lag behind. */
const STALE = 31_000;
/** A command takes so long before its first request. */
const START_UP = 1_100;

interface Before {
  readonly state: ReadonlyMap<string, Kept>;
  readonly live: readonly LiveLink[];
}

/** One stack and its cloud. Every command ends with the checks of what must hold after it. */
export class Session {
  readonly book: Book;
  readonly engine: Engine;
  program: Program = new Map();
  /** What errors printed a line for, as it takes it over. */
  readonly printed = new Set<string>();

  private constructor(
    readonly world: ModelWorld,
    parallel: boolean,
    /** What serves the resources in every command. */
    readonly server: Server,
  ) {
    this.book = new Book(world.emulator);
    this.engine = new Engine(world, parallel);
  }

  static async start(
    switches: Partial<Switches>,
    parallel: boolean,
    server: Server = 'steps',
  ): Promise<Session> {
    return new Session(await ModelWorld.start(switches), parallel, server);
  }

  close(): Promise<void> {
    return this.world.close();
  }

  async up(program: Program, disturbance: Disturbance = NONE, takeOver = false): Promise<Outcome> {
    this.program = program;
    return this.#command('up', disturbance, takeOver, (process) => this.engine.up(process, program));
  }

  refresh(disturbance: Disturbance = NONE): Promise<Outcome> {
    return this.#command('refresh', disturbance, false, (process) => this.engine.refresh(process));
  }

  destroy(disturbance: Disturbance = NONE): Promise<Outcome> {
    return this.#command('destroy', disturbance, false, (process) => this.engine.destroy(process));
  }

  /** Somebody else changes the cloud. */
  behindTheBack(change: () => void): void {
    // The provider's clock and the service's agree to within two seconds.
    this.world.clock.advance(3_000);
    change();
    this.book.othersActed();
  }

  async #command(
    name: CommandName,
    disturbance: Disturbance,
    takeOver: boolean,
    work: (process: ProviderProcess) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { world, engine, book } = this;
    world.clock.advance(START_UP);
    world.emulator.clearJournal();
    const before: Before = { state: new Map(engine.state), live: book.cloud.live() };
    const adoptable = takeOver ? [...this.printed] : [];
    const environment = { ALICLOUD_MEDIA_LOG: 'debug', ALICLOUD_MEDIA_ADOPT: adoptable.join(',') };
    const process = new ProviderProcess(world, environment, configFor(disturbance), this.server);
    const disturbed = new Disturbed(world, process, disturbance);
    const outcome = await work(process);
    const struck = await disturbed.end();
    const journal = world.emulator.journal();
    const mayLose = outcome.killed || mayDisown(journal);
    const moment = { state: [...before.state.values()], live: before.live };
    const state = [...engine.state.values()];
    const problems = book.weActed(moment, state, this.#adopted(name, adoptable), mayLose);
    problems.push(...outcome.late);
    if (outcome.failures.length === 0 && !outcome.killed)
      problems.push(...(await this.#succeeded(name, outcome, process)));
    if (!outcome.killed && !mayFail(struck, this.#hasShortTimeouts(before))) {
      for (const failure of outcome.failures) {
        const context = {
          ...before,
          id: this.#idOf(failure.slot, before),
          emulator: world.emulator,
          isShort: this.#hasShortTimeouts(before),
        };
        const known = adoptLine(failure.message) !== undefined && mayDisown(journal);
        if (!known && !isExplained(failure.message, failure.slot, context))
          problems.push(`not allowed to fail: ${failure.message}`);
      }
    }
    for (const { message } of outcome.failures) {
      const line = lineIn(message);
      if (line !== undefined) this.printed.add(line);
    }
    problems.push(...leaksIn({ said: outcome.said, failures: outcome.failures, journal, state }));
    if (problems.length > 0) throw new Error(`after ${name}:\n${problems.join('\n')}`);
    if (leavesGhosts(struck)) world.clock.advance(STALE);
    return outcome;
  }

  #adopted(name: CommandName, adoptable: readonly string[]): ReadonlySet<string> {
    const wanted = name === 'up' ? [...this.program.values()] : [];
    const adopting = wanted.filter(({ inputs }) => inputs.adopt === true).map(({ link }) => link.id);
    return new Set([...adoptable.map(idIn), ...adopting]);
  }

  async #succeeded(name: CommandName, { made }: Outcome, process: ProviderProcess): Promise<string[]> {
    const { engine, book, program } = this;
    const problems: string[] = [];
    const live = book.cloud.live();
    const isThere = ({ id, outputs }: Kept) => live.some((link) => means(id, outputs, link));
    const names = [...engine.state.keys()].sort().join();
    if (name === 'destroy' && names !== '') problems.push(`the state still has ${names}`);
    if (name === 'up') {
      if (names !== [...program.keys()].sort().join()) problems.push(`the state has ${names}`);
      const touched = await engine.preview(process, program);
      if (touched.length > 0) problems.push(`another up would touch ${touched.join()}`);
    }
    for (const [slot, kept] of engine.state) {
      // Whose a registration is that was in doubt for longer than the window nobody can tell: a refresh keeps it so.
      const { until = 0 } = doubtOf(kept.outputs) ?? {};
      const isOver = !isDated(kept.title) && until + WINDOW <= this.world.clock.now();
      if (name === 'refresh' && doubtOf(kept.outputs) !== undefined && isOver && isThere(kept)) continue;
      if (doubtOf(kept.outputs) !== undefined)
        problems.push(`the state of ${slot} is in doubt: ${JSON.stringify(kept.outputs)}`);
      if (made.has(slot) && isUnfinished(kept.outputs)) problems.push(`${slot} is still waited for`);
      if ((name === 'refresh' || made.has(slot)) && !isThere(kept))
        problems.push(`the state has ${slot}, and the cloud does not have ${kept.id}`);
      if (name === 'refresh' && kept.outputs.status !== 'Failed') {
        const { changes } = await process.of(kept.title).diff(kept.outputs, kept.inputs);
        if (changes !== false) problems.push(`what the refresh read of ${slot} differs from itself`);
      }
    }
    return problems;
  }

  #idOf(slot: string, { state }: Before): string {
    return this.program.get(slot)?.link.id ?? state.get(slot)?.id ?? '';
  }

  #hasShortTimeouts({ state }: Before): boolean {
    const all = [
      ...[...state.values()].map(({ outputs }) => outputs),
      ...[...this.program.values()].map(({ inputs }) => inputs),
    ];
    return all.some(({ customTimeouts }) => customTimeouts !== undefined);
  }
}
