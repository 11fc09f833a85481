import { table } from '../scripts/markdown-table.js';
import { callsOf } from './calls.js';
import { median, seconds, spread, verdict } from './figures.js';
import type { LinkKind } from './links.js';
import { type Bench, type Part, scaled } from './part.js';
import { measureRounds, OPERATION_NAMES, type Pair } from './rounds.js';

interface Comparison {
  readonly kind: LinkKind;
  readonly links: number;
  readonly goal?: number;
  rounds(bench: Bench): number;
}

function comparison(name: string, title: string, asked: Comparison): Part {
  return {
    name,
    title,
    async run(bench) {
      const count = scaled(bench, asked.links);
      const pairs = await measureRounds(bench, asked.kind, count, asked.rounds(bench));
      return report(pairs, count, asked.goal);
    },
  };
}

function report(pairs: readonly Pair[], count: number, goal: number | undefined): string[] {
  const of = (operation: string) => pairs.filter((pair) => pair.operation === operation);
  const ratios = (operation: string) => of(operation).map(({ ours, blank }) => ours / blank);
  const figures = OPERATION_NAMES.map((operation) => [
    operation,
    spread(ratios(operation)),
    ...(goal === undefined ? [] : [verdict({ figure: median(ratios(operation)), most: goal })]),
    seconds(of(operation).map(({ ours }) => ours)),
    seconds(of(operation).map(({ blank }) => blank)),
    `${median(of(operation).map(({ ours, blank }) => (1000 * (ours - blank)) / count)).toFixed(1)} ms`,
  ]);
  const isMissed = goal !== undefined && OPERATION_NAMES.some((name) => median(ratios(name)) > goal);
  const requests = OPERATION_NAMES.map((operation) => {
    // The last round: they hardly differ.
    const statistics = of(operation).at(-1)?.statistics;
    if (statistics === undefined) return [operation];
    const most = Math.max(...of(operation).map((pair) => pair.statistics.mostConcurrentConnections));
    const throttled = Math.max(...of(operation).map((pair) => pair.statistics.throttled));
    return [operation, callsOf(statistics), String(most), String(throttled)];
  });
  const head = ['operation', 'A / B', ...(goal === undefined ? [] : ['goal']), 'A', 'B', 'A − B by link'];
  return [
    ...table([head, ...figures]),
    '',
    ...(isMissed ? [...MISSED, ''] : []),
    ...table([['operation', 'requests of A', 'most connections', 'throttled answers'], ...requests]),
  ];
}

/** A ratio above the goal, explained. */
const MISSED = [
  'What a miss is made of: A loads the package in the program and its entry in the provider process (see "Loading the',
  'provider\'s entry"); a run that sends requests also loads pop-core, asks STS once whose credentials these are, and signs,',
  'sends and parses the requests below; the emulator that answers them shares the processors; and the provider keeps to',
  'the documented 100 requests a second, while the engine alone deletes 200 empty resources faster than that. The requests',
  'cannot be fewer, so what it would take is cheaper loading, signing and parsing.',
];

const rounds = ({ options }: Bench) => options.rounds;

export const buckets = comparison('buckets', '200 output buckets', {
  kind: 'buckets',
  links: 200,
  goal: 1.05,
  rounds,
});

export const bindings = comparison('bindings', '200 dataset bindings', {
  kind: 'bindings',
  links: 200,
  rounds,
});

export const thousand = comparison('thousand', '1,000 output buckets', {
  kind: 'buckets',
  links: 1000,
  goal: 1.05,
  rounds: ({ options }) => options.longRounds,
});
