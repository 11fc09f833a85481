import { table } from '../scripts/markdown-table.js';
import { findToolchainWith } from '../scripts/toolchain.js';
import { BenchStack, type OperationName } from './bench-stack.js';
import { callsOf, counted } from './calls.js';
import { verdict } from './figures.js';
import { bindings, bindingsInYaml, linksIn, makeParents, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';
import { OPERATION_NAMES } from './rounds.js';

/** The most requests for each binding. */
const GOALS: Readonly<Partial<Record<OperationName, number>>> = { up: 1.6, destroy: 1.6 };

interface Program {
  readonly title: string;
  readonly side: 'ours' | 'yaml';
  links(count: number): string;
}

const PROGRAMS: readonly Program[] = [
  { title: 'Node.js, dynamic', side: 'ours', links: bindings },
  { title: 'YAML, plugin', side: 'yaml', links: bindingsInYaml },
];

/** A service as the other parts have it, and one as far away, and as slow with its bindings, as a real one. */
const SERVICES = [
  { title: 'at once', options: {} },
  { title: 'in 50 ms, Running after 300 ms', options: { latency: 50, runningAfter: 300 } },
  {
    title: 'at once, without a listing of a project',
    options: { switches: { listBindingsOfProject: 'InvalidArgument' } },
  },
] as const;

/** What a figure is made of. */
const MADE_OF = [
  'The engine destroys in any order, eight links at a time on two processors, so that of 20 datasets hardly two are of one.',
  'Each delete looks whose the binding is, removes it, and looks until it is gone; the first look rides what others have',
  'listed within a second, the last has to be younger than its own request. Here both ride listings of a whole project, of',
  'which there are four. Where the service refuses those, or shows nothing in them, each dataset is listed.',
];

type Service = (typeof SERVICES)[number];

export const requests: Part = {
  name: 'requests',
  title: 'Requests for each of 200 dataset bindings in 20 datasets',
  isOfCounts: true,
  async run(bench) {
    const withYaml = { ...bench, toolchain: await findToolchainWith(['yaml'], bench.say) };
    const count = scaled(bench, 200);
    const rows: string[][] = [];
    for (const service of SERVICES)
      for (const program of PROGRAMS) rows.push(...(await rowsOf(withYaml, service, program, count)));
    return [
      'IMM allows 100 requests a second and project over all actions, which the traffic of that project shares. All requests',
      'of a run count here, GetCallerIdentity, too.',
      '',
      ...table([
        ['answers', 'program', 'operation', 'for each binding', 'goal', 'requests', 'throttled'],
        ...rows,
      ]),
      '',
      ...MADE_OF,
    ];
  },
};

async function rowsOf(bench: Bench, service: Service, program: Program, count: number): Promise<string[][]> {
  const emulator = await startBenchEmulator(service.options);
  makeParents(emulator, count);
  const links = program.links(count);
  const stack = await BenchStack.make(bench, { side: program.side, links, url: emulator.url });
  try {
    const rows: string[][] = [];
    for (const operation of OPERATION_NAMES) {
      const { statistics } = await counted(emulator, () => stack.run(operation));
      const expected = operation === 'destroy' ? 0 : count;
      if (linksIn(emulator) !== expected)
        throw new Error(`after ${operation} (${program.title}) there are not ${expected} links`);
      const sum = Object.values(statistics.actions).reduce((total, each) => total + each, 0);
      const most = GOALS[operation];
      rows.push([
        service.title,
        program.title,
        operation === 'preview' ? 'preview without changes' : operation,
        (sum / count).toFixed(2),
        most === undefined ? 'none' : verdict({ figure: sum / count, most }),
        callsOf(statistics),
        String(statistics.throttled),
      ]);
      bench.say(`  ${rows.at(-1)?.join(', ')}`);
    }
    return rows;
  } finally {
    stack.remove();
    await emulator.close();
  }
}
