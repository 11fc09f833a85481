import type { Emulator, KeyPair } from '../emulator/index.js';
import { table } from '../scripts/markdown-table.js';
import { BenchStack, type OperationName, type Side, type TimedRun } from './bench-stack.js';
import { callsOf, counted } from './calls.js';
import { seconds, spread } from './figures.js';
import { linksIn, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';

const REGIONS = ['cn-shanghai', 'cn-beijing', 'cn-hangzhou', 'cn-shenzhen', 'ap-southeast-1', 'eu-central-1'];
/** Pairs that open nothing but an emulator. */
const KEYS: readonly KeyPair[] = ['1', '2', '3'].map((number) => ({
  accessKeyId: `emulator-bench-key-id-${number}`,
  accessKeySecret: `emulator-bench-key-secret-${number}`,
  account: `100000000000000${number}`,
}));
const BINDINGS_A_DATASET = 10;
const OPERATIONS: readonly OperationName[] = ['preview', 'refresh', 'destroy'];

/** Links of every account and region in turn: a round of buckets, a round of bindings, and so on. */
function program(count: number): string {
  return `const regions = ${JSON.stringify(REGIONS)};
const providers = ${JSON.stringify(KEYS)}.map(
  ({ accessKeyId, accessKeySecret }, i) =>
    new Provider(\`account-\${i}\`, { accessKey: accessKeyId, secretKey: accessKeySecret, region: regions[0] }),
);
const cells = regions.length * providers.length;
for (let i = 0; i < ${count}; i++) {
  const cell = i % cells;
  const turn = Math.floor(i / cells);
  const provider = providers[cell % providers.length];
  const region = regions[Math.floor(cell / providers.length)];
  if (turn % 2 === 0) new mps.OutputBucket(\`link-\${i}\`, { bucket: \`bench-bucket-\${i}\`, region }, { provider });
  else
    new imm.DatasetBinding(
      \`link-\${i}\`,
      {
        projectName: 'media',
        datasetName: \`dataset-\${Math.floor(turn / 2 / ${BINDINGS_A_DATASET})}\`,
        uri: \`oss://bench-bucket-\${i}\`,
        region,
      },
      { provider },
    );
}
`;
}

function makeParents(emulator: Emulator, count: number): void {
  const datasets = Math.ceil(count / (KEYS.length * REGIONS.length) / 2 / BINDINGS_A_DATASET);
  for (const { account } of KEYS) {
    for (const region of REGIONS) {
      emulator.createProject('media', { account, region });
      for (let number = 0; number < datasets; number++) {
        emulator.createDataset('media', `dataset-${number}`, { account, region });
      }
    }
  }
}

interface Row {
  readonly operation: OperationName;
  readonly ours: TimedRun;
  readonly blank: TimedRun;
  readonly requests: string;
  readonly throttled: number;
}

export const estate: Part = {
  name: 'estate',
  title: '400 links in 3 accounts and 6 regions',
  async run(bench) {
    const count = scaled(bench, 400);
    const rows: Row[] = [];
    for (let number = 1; number <= bench.options.longRounds; number++)
      rows.push(...(await round(bench, count)));
    return report(rows);
  },
};

async function round(bench: Bench, count: number): Promise<readonly Row[]> {
  const emulator = await startBenchEmulator({ keys: KEYS });
  makeParents(emulator, count);
  const stacks: BenchStack[] = [];
  const make = async (side: Side) => {
    const stack = await BenchStack.make(bench, { side, links: program(count), url: emulator.url });
    stacks.push(stack);
    return stack;
  };
  try {
    const ours = await make('ours');
    const blank = await make('blank');
    for (const stack of stacks) await stack.run('up');
    if (linksIn(emulator) !== count) throw new Error(`there are ${linksIn(emulator)} links of ${count}`);
    const rows: Row[] = [];
    for (const operation of OPERATIONS) {
      const { result, statistics } = await counted(emulator, () => ours.run(operation, { usage: true }));
      const other = await blank.run(operation, { usage: true });
      bench.say(`  ${operation}: A ${result.seconds.toFixed(2)} s, B ${other.seconds.toFixed(2)} s`);
      const { throttled } = statistics;
      rows.push({ operation, ours: result, blank: other, requests: callsOf(statistics), throttled });
    }
    if (!emulator.isEmpty()) throw new Error('the destroy left links behind');
    return rows;
  } finally {
    for (const stack of stacks) stack.remove();
    await emulator.close();
  }
}

function report(rows: readonly Row[]): string[] {
  const lines = OPERATIONS.map((operation) => {
    const of = rows.filter((row) => row.operation === operation);
    const last = of.at(-1);
    return [
      operation === 'preview' ? 'preview without changes' : operation,
      spread(of.map(({ ours, blank }) => ours.seconds / blank.seconds)),
      seconds(of.map(({ ours }) => ours.seconds)),
      seconds(of.map(({ blank }) => blank.seconds)),
      memory(of.map(({ ours }) => ours.usage?.memory)),
      memory(of.map(({ blank }) => blank.usage?.memory)),
      last?.requests ?? '',
      String(last?.throttled),
    ];
  });
  return [
    'Half output buckets, half dataset bindings; three explicit providers, each with its own process. Memory is the most',
    'resident memory of the CLI and everything it started, sampled ten times a second; pages that processes share count in',
    'each.',
    '',
    ...table([
      ['operation', 'A / B', 'A', 'B', 'memory A', 'memory B', 'requests of A', 'throttled'],
      ...lines,
    ]),
  ];
}

function memory(peaks: readonly (number | undefined)[]): string {
  const known = peaks.filter((peak) => peak !== undefined);
  return known.length === 0 ? 'not measured' : `${(Math.max(...known) / 2 ** 20).toFixed(0)} MiB`;
}
