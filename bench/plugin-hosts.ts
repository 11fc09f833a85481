import { table } from '../scripts/markdown-table.js';
import { findToolchainWith } from '../scripts/toolchain.js';
import { BenchStack, type OperationName, type TimedRun } from './bench-stack.js';
import { median, seconds, spread, whole } from './figures.js';
import { linksIn, outputBuckets, outputBucketsInYaml, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';
import { OPERATION_NAMES } from './rounds.js';

const SIDES = ['ours', 'plugin', 'yaml'] as const;
type HostSide = (typeof SIDES)[number];

const TITLES: Readonly<Record<HostSide, string>> = {
  ours: 'Node.js, dynamic',
  plugin: 'Node.js, plugin',
  yaml: 'YAML, plugin',
};

/** One operation of all three programs, one after the other. */
interface Row {
  readonly operation: OperationName;
  readonly runs: Readonly<Record<HostSide, TimedRun>>;
}

/** Bytes of state that one link takes. */
interface Bytes {
  readonly all: number;
  /** Without the place in the program, which the language host adds. */
  readonly withoutPlace: number;
}

interface Round {
  readonly rows: readonly Row[];
  readonly state: Readonly<Record<HostSide, Bytes>>;
}

export const pluginHosts: Part = {
  name: 'plugin-hosts',
  title: '200 output buckets on the dynamic host and on the plugin',
  async run(bench) {
    const withYaml = { ...bench, toolchain: await findToolchainWith(['yaml'], bench.say) };
    const count = scaled(bench, 200);
    bench.say('  a round with one link of each program, which is not counted');
    await round({ ...withYaml, say: () => {} }, 1);
    const rounds: Round[] = [];
    for (let number = 1; number <= bench.options.rounds; number++) {
      bench.say(`  round ${number} of ${bench.options.rounds}`);
      rounds.push(await round(withYaml, count));
    }
    return report(rounds);
  },
};

async function round(bench: Bench, count: number): Promise<Round> {
  const emulators = new Map<HostSide, Awaited<ReturnType<typeof startBenchEmulator>>>();
  const stacks = new Map<HostSide, BenchStack>();
  try {
    for (const side of SIDES) {
      const emulator = await startBenchEmulator();
      emulators.set(side, emulator);
      const links = side === 'yaml' ? outputBucketsInYaml(count) : outputBuckets(count);
      stacks.set(side, await BenchStack.make(bench, { side, links, url: emulator.url }));
    }
    const rows: Row[] = [];
    let state = {} as Round['state'];
    for (const operation of OPERATION_NAMES) {
      const runs: [HostSide, TimedRun][] = [];
      for (const [side, stack] of stacks) {
        runs.push([side, await stack.run(operation, { usage: true })]);
        const emulator = emulators.get(side);
        const expected = operation === 'destroy' ? 0 : count;
        if (emulator === undefined || linksIn(emulator) !== expected)
          throw new Error(`after ${operation} (${TITLES[side]}) there are not ${expected} links`);
      }
      rows.push({ operation, runs: Object.fromEntries(runs) as Row['runs'] });
      bench.say(
        `  ${operation}: ${runs.map(([side, run]) => `${TITLES[side]} ${run.seconds.toFixed(2)} s`).join('; ')}`,
      );
      if (operation === 'up')
        state = Object.fromEntries(
          [...stacks].map(([side, stack]) => [side, bytesOf(stack)]),
        ) as Round['state'];
    }
    return { rows, state };
  } finally {
    for (const stack of stacks.values()) stack.remove();
    for (const emulator of emulators.values()) await emulator.close();
  }
}

/** As the file holds a link: the mean of all. */
function bytesOf(stack: BenchStack): Bytes {
  const links = stack
    .resources()
    .filter(({ type }) => /alicloud-media:(mps:)?OutputBucket$/.test(String(type)));
  const size = (link: object) => JSON.stringify(link).length / links.length;
  const sum = (sizes: readonly number[]) => sizes.reduce((total, each) => total + each, 0);
  return {
    all: sum(links.map(size)),
    withoutPlace: sum(links.map(({ sourcePosition, stackTrace, ...link }) => size(link))),
  };
}

function report(rounds: readonly Round[]): string[] {
  const of = (operation: OperationName) =>
    rounds.flatMap(({ rows }) => rows.filter((row) => row.operation === operation));
  const compared = (figure: (run: TimedRun) => number, show: (values: readonly number[]) => string) =>
    OPERATION_NAMES.map((operation) => {
      const values = (side: HostSide) => of(operation).map(({ runs }) => figure(runs[side]));
      const ratios = (side: HostSide) =>
        values(side).map((value, index) => value / (values('ours')[index] ?? Number.NaN));
      return [
        operation === 'preview' ? 'preview without changes' : operation,
        spread(ratios('plugin')),
        spread(ratios('yaml')),
        ...SIDES.map((side) => show(values(side))),
      ];
    });
  const head = (what: string) => [
    what,
    'Node.js, plugin / dynamic',
    'YAML, plugin / dynamic',
    ...SIDES.map((side) => TITLES[side]),
  ];
  const isWatched = rounds.every(({ rows }) => rows.every(({ runs }) => runs.ours.usage !== undefined));
  const mebibytes = (values: readonly number[]) => `${(median(values) / 2 ** 20).toFixed(0)} MiB`;
  const stateRow = (name: string, of: (bytes: Bytes) => number) => [
    name,
    ...(['plugin', 'yaml'] as const).map((side) =>
      spread(rounds.map(({ state }) => of(state[side]) / of(state.ours))),
    ),
    ...SIDES.map((side) => whole(median(rounds.map(({ state }) => of(state[side]))))),
  ];
  return [
    'The same links from a Node.js program on the dynamic host, a Node.js program with the generated SDK on the plugin,',
    'and a YAML program on the plugin. The three take turns, operation by operation, each with an emulator of its own. A',
    `ratio is that of one round; ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}.`,
    '',
    ...table([head('elapsed time'), ...compared((run) => run.seconds, seconds)]),
    '',
    ...(isWatched
      ? [
          'Time of the processors, of the CLI and everything it started, as sampled ten times a second:',
          '',
          ...table([head('processor time'), ...compared((run) => run.usage?.processor ?? 0, seconds)]),
          '',
          'The most memory of the one process that serves the links: of the plugin, or of the dynamic-provider process:',
          '',
          ...table([head('memory'), ...compared((run) => run.usage?.provider ?? 0, mebibytes)]),
          '',
          'The most memory of the CLI and everything it started, at one moment; pages that processes share count in each:',
          '',
          ...table([head('memory of all'), ...compared((run) => run.usage?.memory ?? 0, mebibytes)]),
          '',
        ]
      : []),
    'Bytes of state of one link. The language host of YAML that runs here stores with each resource where it was declared,',
    'as a trace of its own calls, so the second row leaves `sourcePosition` and `stackTrace` out:',
    '',
    ...table([
      head('bytes'),
      stateRow('as stored', ({ all }) => all),
      stateRow('without its place in the program', ({ withoutPlace }) => withoutPlace),
    ]),
  ];
}
