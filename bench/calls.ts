import type { Emulator, Statistics } from '../emulator/index.js';

/** The requests of a run, by action, the most frequent first. */
export function callsOf({ actions }: Statistics): string {
  const counts = Object.entries(actions).sort(([, a], [, b]) => b - a);
  return counts.map(([name, count]) => `${name.replace(/^\w+:/, '')} ${count}`).join(', ') || 'none';
}

/** Runs something, and gives what the emulator counted meanwhile. */
export async function counted<T>(
  emulator: Emulator,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly statistics: Statistics }> {
  emulator.clearStatistics();
  const result = await work();
  return { result, statistics: emulator.statistics() };
}
