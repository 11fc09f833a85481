import type { JournalEntry } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import type { StepCalls } from './calls.js';

/** How often an action must have been called, by the name of the step; what is not named never. */
export type Expected = Readonly<Record<string, Readonly<Record<string, number>>>>;

const pairs = LIFECYCLES.map(({ description: { calls } }) => ({ makes: calls.make, removes: calls.remove }));
/** What the service deletes only once what is before it is gone. */
const order = ['DeleteBinding', 'DeleteDataset', 'DeleteProject'];

/**
 * What is wrong with the journal: each link that was made must have been removed once, in its step, and no other; and
 * what holds others after them.
 */
export function faultsOf(steps: readonly StepCalls[], expected: Expected): string[] {
  const faults: string[] = [];
  const all = steps.flatMap(({ calls }) => calls);
  for (const { makes, removes } of pairs) {
    for (const { step, calls } of steps) {
      const count = calls.filter((call) => call.action === removes).length;
      const wanted = expected[step]?.[removes] ?? 0;
      if (count !== wanted) faults.push(`${step}: ${count} × ${removes} instead of ${wanted}`);
    }
    const made = linksOf(all, makes);
    const removed = linksOf(all, removes);
    if (made.join() !== removed.join()) {
      faults.push(`${makes} was for ${list(made)}, but ${removes} for ${list(removed)}`);
    }
    const refused = all.filter((call) => call.action === removes && call.code !== '');
    for (const call of refused) faults.push(`${removes} of ${call.link} was refused: ${call.code}`);
  }
  const deleted = all.map(({ action }) => order.indexOf(action)).filter((place) => place >= 0);
  if (deleted.join() !== [...deleted].sort().join()) faults.push(`not in the order ${order.join(', ')}`);
  return faults;
}

function linksOf(calls: readonly JournalEntry[], action: string): string[] {
  return calls
    .filter((call) => call.action === action && call.code === '')
    .map((call) => call.link)
    .sort();
}

function list(links: readonly string[]): string {
  return links.length === 0 ? 'nothing' : links.join(', ');
}
