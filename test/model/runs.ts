import type fc from 'fast-check';
import { drawnSeed } from '../support/gate-seed.js';

/** A number of the environment. */
function given(name: string): number | undefined {
  const text = process.env[name];
  return text === undefined || text === '' ? undefined : Number(text);
}

/** How many programs: FC_RUNS, or as many as a test wants, times FC_SCALE. */
export function programs(runs: number): number {
  return given('FC_RUNS') ?? runs * (given('FC_SCALE') ?? 1);
}

/** Milliseconds that so many programs may take, on a machine that is busy with other things. */
export function limit(runs: number, each: number): number {
  return 60_000 + programs(runs) * each;
}

/**
 * How a property is run. FC_SEED and FC_PATH repeat a run, as a failure prints them; FC_SHRINK=no ends at the first. The
 * seed is printed at the start, so that also a run that is cut off can be repeated.
 */
export function settings(title: string, runs: number): fc.Parameters<unknown> {
  const seed = given('FC_SEED') ?? drawnSeed();
  const numRuns = programs(runs);
  const path = process.env.FC_PATH;
  console.log(`${title}: ${numRuns} programs, FC_SEED=${seed}`);
  const endOnFailure = process.env.FC_SHRINK === 'no';
  return { seed, numRuns, ...(path ? { path } : {}), ...(endOnFailure && { endOnFailure }) };
}
