import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../scripts/markdown-table.js';
import { runCommand } from '../scripts/toolchain/command.js';
import { spread } from './figures.js';
import type { Bench } from './part.js';
import { runNode } from './run-node.js';

const REPEATS = 10;
const CALLS = 1_000;

/** Code that waits for no quota, so that what a call costs is left. */
interface Library {
  readonly name: string;
  readonly load: string;
  readonly make: string;
  readonly call: string;
}

const OWN_MODULE = JSON.stringify(require.resolve('../provider/alicloud/limits/limiter.js'));

const LIBRARIES: readonly Library[] = [
  {
    name: "the provider's limiter",
    load: `require(${OWN_MODULE})`,
    make: 'new loaded.Limiter(100, { now: () => Date.now() })',
    call: 'limiter.reserve() + limiter.answered()',
  },
  {
    name: 'bottleneck',
    load: `require('bottleneck')`,
    make: 'new loaded({ reservoir: null })',
    call: 'limiter.schedule(async () => {})',
  },
  {
    name: 'limiter',
    load: `await import('limiter')`,
    make: `new loaded.RateLimiter({ tokensPerInterval: 1e12, interval: 'second' })`,
    call: 'limiter.removeTokens(1)',
  },
];

/** Installs the libraries that are not used into a folder that goes away, and measures them beside our own. */
export async function measureLibraries({ say }: Bench): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pulumi-alicloud-media-libraries-'));
  try {
    await install(folder);
    const names = LIBRARIES.slice(1).map(({ name }) => name);
    const found = new Map<string, { load: number[]; call: number[] }>();
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      for (const library of LIBRARIES) {
        const [load = 0, call = 0] = JSON.parse(
          await runNode(['-e', script(library)], folder, process.env),
        ) as number[];
        const figures = found.get(library.name) ?? { load: [], call: [] };
        figures.load.push(load);
        figures.call.push(call);
        found.set(library.name, figures);
      }
    }
    say(`  measured ${names.join(' and ')}`);
    const rows = [...found].map(([name, { load, call }]) => [
      name,
      `${spread(load, 1)} ms`,
      `${spread(call, 1)} µs`,
    ]);
    return [
      `Libraries that were considered, beside our own: loading them, and a call when ${CALLS.toLocaleString('en-US')} come at once and none need wait:`,
      'elapsed time, which bottleneck spends on yielding to the event loop for each.',
      '',
      ...table([['library', 'loading', 'a call'], ...rows]),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function install(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const npm = process.env.npm_execpath;
  const [command, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const names = LIBRARIES.slice(1).map(({ name }) => name);
  const { reason } = await runCommand(command, [...before, ...args, ...names], { cwd: folder });
  if (reason !== undefined) throw new Error(`npm install of ${names.join(' and ')} failed: ${reason}`);
}

function script({ load, make, call }: Library): string {
  return `(async () => {
  const time = () => Number(process.hrtime.bigint());
  let started = time();
  const loaded = ${load};
  const milliseconds = (time() - started) / 1e6;
  const limiter = ${make};
  started = time();
  await Promise.all(Array.from({ length: ${CALLS} }, () => ${call}));
  process.stdout.write(JSON.stringify([milliseconds, (time() - started) / 1e3 / ${CALLS}]));
})();`;
}
