import { table } from '../scripts/markdown-table.js';
import { median } from './figures.js';
import { measureLibraries } from './libraries.js';
import { CANDIDATES, CHOSEN, type LimiterRule } from './limiter-candidates.js';
import { type Simulated, type Situation, simulate } from './limiter-simulation.js';
import type { Part } from './part.js';

const SEEDS = [1, 2, 3, 4, 5];

/** Four stacks destroyed at once, at the engine's parallelism on two cores, against 20 a second. */
const USUAL = { processes: 4, requests: 100, workers: 8, limit: 20 } as const;

const SITUATIONS: readonly Situation[] = [
  { title: 'four at 20', ...USUAL },
  { title: '0.7 s apart', ...USUAL, apart: 700 },
  { title: 'one at 10', ...USUAL, processes: 1, limit: 10 },
  { title: 'one at 100', ...USUAL, processes: 1, limit: 100, requests: 400 },
  { title: 'eight at 20', ...USUAL, processes: 8, requests: 50 },
  { title: '64 in parallel', ...USUAL, workers: 64 },
];

export const limiter: Part = {
  name: 'limiter',
  title: 'The rule of the limiter',
  async run(bench) {
    const rows: string[][] = [];
    for (const rule of [...CANDIDATES, CHOSEN]) {
      bench.say(`  ${rule.name.replaceAll('*', '')}`);
      rows.push([rule.name, ...(await cellsOf(rule))]);
    }
    return [
      'A simulation in virtual time: processes that know nothing of each other share a quota that is counted in whole',
      "seconds; each believes 100 a second at first, and tries again as the provider does. The last row is the provider's own",
      'code. "Four at 20" is four stacks of 100 requests, eight of them under way at a time, against 20 a second; the other',
      'columns change one thing of it, "one at 100" also has 400 requests. A cell holds the share of the limit that was used,',
      `the lowest and the median of ${SEEDS.length} seeds, and the throttled answers, their mean. A share may be a little above 1, since the`,
      'last second is not whole.',
      '',
      ...table([['at a throttled answer', ...SITUATIONS.map(({ title }) => title)], ...rows]),
      '',
      ...(bench.options.libraries
        ? await measureLibraries(bench)
        : ['The libraries that were considered were not measured in this run: `--libraries` does.']),
    ];
  },
};

async function cellsOf(rule: LimiterRule): Promise<string[]> {
  const cells: string[] = [];
  for (const situation of SITUATIONS) {
    const runs: Simulated[] = [];
    for (const seed of SEEDS) runs.push(await simulate(rule, situation, seed));
    const shares = runs.map(({ share }) => share);
    const throttled = runs.reduce((sum, run) => sum + run.throttled, 0) / runs.length;
    cells.push(`${Math.min(...shares).toFixed(2)} / ${median(shares).toFixed(2)}, ${throttled.toFixed(0)}`);
  }
  return cells;
}
