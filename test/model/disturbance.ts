import type { Fault, FaultKind, JournalEntry } from '../../emulator/index.js';
import { MAKING } from '../faults/one-case.js';
import type { ModelWorld, ProviderProcess } from './model-world.js';

/** What goes wrong while a command runs. */
export interface Disturbance {
  readonly faults: readonly Fault[];
  /** At which of its requests the process is killed, and whether that one still has its effect. */
  readonly kill?: { readonly at: number; readonly effect: boolean } | undefined;
}

export const NONE: Disturbance = { faults: [] };

/** Answers that end an operation at once; others are overcome. */
const ENDING: readonly FaultKind[] = ['denied', 'expired', 'clock-skew'];
/** Kinds that cost real time, since nothing but time tells the client of them. */
const WITHHELD: readonly FaultKind[] = ['hang', 'effect-then-hang', 'slow', 'late-effect'];

/** A disturbance that is under way. */
export class Disturbed {
  readonly #world: ModelWorld;
  readonly #unwatch: () => void;

  constructor(world: ModelWorld, process: ProviderProcess, { faults, kill }: Disturbance) {
    this.#world = world;
    for (const fault of faults) world.emulator.addFault(fault);
    let arrived = 0;
    this.#unwatch = world.emulator.onCall((boundary) => {
      if (boundary !== 'arrived' || kill === undefined || arrived++ !== kill.at) return;
      process.killed = true;
      if (!kill.effect) world.emulator.addFault({ kind: 'reset-before-effect' });
    });
  }

  /** Ends it, when all that it delayed has happened. Gives the rules that struck. */
  async end(): Promise<Fault[]> {
    const { emulator } = this.#world;
    await this.#world.landed();
    this.#unwatch();
    const struck = emulator.faults().filter((rule) => rule.struck > 0);
    emulator.clearFaults();
    emulator.releaseBindings();
    return struck.map(({ fault }) => fault);
  }
}

/** The configuration of a process that meets this: one that is not answered must not wait as long as in real life. */
export function configFor({ faults }: Disturbance): Record<string, string> {
  return faults.some(({ kind }) => WITHHELD.includes(kind)) ? { 'alicloud:clientReadTimeout': '60' } : {};
}

/** Whether a command that these struck may end with an error of theirs. */
export function mayFail(struck: readonly Fault[], hasShortTimeouts: boolean): boolean {
  return struck.some(
    ({ kind, times, delayMs }) =>
      hasShortTimeouts ||
      ENDING.includes(kind) ||
      times === 'always' ||
      kind === 'binding-failed' ||
      (kind.startsWith('stuck-') && delayMs === undefined),
  );
}

/**
 * Whether a link may be left that its create was told of as somebody else's: carried out twice, the second answer is
 * that it exists, and nothing tells ours from one that somebody made between our look and our request.
 */
export function mayDisown(journal: readonly JournalEntry[]): boolean {
  return journal.some(({ fault, action }) => fault === 'effect-twice' && MAKING.includes(action));
}

/** Whether reads go on showing what this command removed. */
export function leavesGhosts(struck: readonly Fault[]): boolean {
  return struck.some(({ kind }) => kind === 'stale-reads');
}
