import type { Emulator, Statistics } from '../emulator/index.js';
import { table } from '../scripts/markdown-table.js';
import { BenchStack, type OperationName, type TimedRun } from './bench-stack.js';
import { callsOf, counted } from './calls.js';
import { median, seconds, spread, verdict } from './figures.js';
import { linksIn, outputBuckets, REGION, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';

const OPERATIONS = ['up', 'refresh', 'destroy'] as const;
const SIDES = ['ours', 'plain'] as const;
/** A command that fails is run again, as a person would, but not for ever. */
const MOST_RUNS = 10;

/** One operation of one side: its first run, and how many runs it took until one succeeded. */
interface Outcome {
  readonly side: (typeof SIDES)[number];
  readonly operation: OperationName;
  readonly first: Pick<TimedRun, 'seconds' | 'code'>;
  /** Resources for which the first run failed. */
  readonly failures: number;
  /** How often the first run printed an AccessKey id in a URL. */
  readonly printed: number;
  readonly statistics: Statistics;
  readonly runs: number;
  readonly isDone: boolean;
}

function program(count: number): string {
  return `const { TenMinuteBucket } = require(${JSON.stringify(require.resolve('./ten-minute-provider.js'))});
for (let i = 0; i < ${count}; i++) {
  new TenMinuteBucket(\`link-\${i}\`, { bucket: \`bench-bucket-\${i}\`, region: '${REGION}' });
}
`;
}

async function outcome(
  side: Outcome['side'],
  operation: OperationName,
  stack: BenchStack,
  emulator: Emulator,
): Promise<Outcome> {
  const { result, statistics } = await counted(emulator, () => stack.attempt(operation));
  const { seconds, code, text } = result;
  let runs = 1;
  let isDone = code === 0;
  // A refresh that fails would fail again; the stack does not need it.
  while (!isDone && operation !== 'refresh' && runs < MOST_RUNS) {
    runs++;
    isDone = (await stack.attempt(operation)).code === 0;
  }
  return {
    side,
    operation,
    first: { seconds, code },
    failures: failuresIn(text),
    printed: text.match(/AccessKeyId=/g)?.length ?? 0,
    statistics,
    runs,
    isDone,
  };
}

/** The resources that the engine's lines report as failed. */
function failuresIn(text: string): number {
  const failed = text.split('\n').flatMap((line) => /\b(link-\d+)\b.*\bfailed\b/.exec(line)?.[1] ?? []);
  return new Set(failed).size;
}

async function round(bench: Bench, count: number): Promise<readonly Outcome[]> {
  const emulators = { ours: await startBenchEmulator(), plain: await startBenchEmulator() };
  const stacks: BenchStack[] = [];
  try {
    const make = async (side: Outcome['side'], links: string) => {
      const stack = await BenchStack.make(bench, { side, links, url: emulators[side].url });
      stacks.push(stack);
      return stack;
    };
    const made = {
      ours: await make('ours', outputBuckets(count)),
      plain: await make('plain', program(count)),
    };
    const outcomes: Outcome[] = [];
    for (const operation of OPERATIONS) {
      for (const side of SIDES) {
        const one = await outcome(side, operation, made[side], emulators[side]);
        const expected = operation === 'destroy' ? 0 : count;
        if (linksIn(emulators[side]) !== expected) {
          const found = linksIn(emulators[side]);
          throw new Error(`after ${operation} (${side}) there are ${found} links, not ${expected}`);
        }
        bench.say(`  ${operation} ${side}: ${one.first.seconds.toFixed(2)} s, exit code ${one.first.code}`);
        outcomes.push(one);
      }
    }
    return outcomes;
  } finally {
    for (const stack of stacks) stack.remove();
    for (const emulator of Object.values(emulators)) await emulator.close();
  }
}

export const tenMinute: Part = {
  name: 'ten-minute',
  title: '200 output buckets against the ten-minute provider',
  async run(bench) {
    const count = scaled(bench, 200);
    const outcomes: Outcome[] = [];
    for (let number = 1; number <= bench.options.rounds; number++) {
      bench.say(`  round ${number} of ${bench.options.rounds}`);
      outcomes.push(...(await round(bench, count)));
    }
    return report(outcomes);
  },
};

function report(outcomes: readonly Outcome[]): string[] {
  const of = (side: string, operation: string) =>
    outcomes.filter((one) => one.side === side && one.operation === operation);
  const ratios = (operation: string) =>
    of('ours', operation).map(
      ({ first }, index) => first.seconds / (of('plain', operation)[index]?.first.seconds ?? Number.NaN),
    );
  const times = OPERATIONS.map((operation) => [
    operation,
    spread(ratios(operation)),
    operation === 'destroy' ? verdict({ figure: median(ratios(operation)), most: 0.7 }) : 'none',
    ...SIDES.map((side) => seconds(of(side, operation).map(({ first }) => first.seconds))),
  ]);
  const counts = OPERATIONS.flatMap((operation) =>
    SIDES.map((side) => {
      const last = of(side, operation).at(-1);
      const { statistics } = last ?? {};
      return [
        operation,
        side === 'ours' ? 'A' : 'ten-minute',
        statistics ? callsOf(statistics) : '',
        String(statistics?.connections),
        String(statistics?.mostConcurrentConnections),
        String(statistics?.throttled),
        String(last?.failures),
        String(last?.printed),
        last?.isDone ? String(last.runs) : 'not repeated',
      ];
    }),
  );
  return [
    'The provider that anybody would write in ten minutes is `bench/ten-minute-provider.ts`: a',
    '`pulumi.dynamic.Resource` whose hooks call pop-core with its defaults. Seconds are those of the first run; the time',
    'of a refresh that failed says little.',
    '',
    ...table([['operation', 'A / ten-minute', 'goal', 'A', 'ten-minute'], ...times]),
    '',
    'Counts of the first run in the last round. "Signed URLs" is how often its output held the AccessKey id in a URL.',
    '',
    ...table([
      [
        'operation',
        'side',
        'requests',
        'connections',
        'most at once',
        'throttled',
        'failed resources',
        'signed URLs',
        'runs until done',
      ],
      ...counts,
    ]),
  ];
}
