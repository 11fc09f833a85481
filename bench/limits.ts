import type { Emulator, JournalEntry } from '../emulator/index.js';
import { table } from '../scripts/markdown-table.js';
import { BenchStack } from './bench-stack.js';
import { callsOf, counted } from './calls.js';
import { median, spread, verdict } from './figures.js';
import { outputBuckets, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';

const MTS_LIMIT = 10;
const ACCOUNT_LIMIT = 20;
const STACKS = ['north', 'south', 'west', 'east'] as const;

interface Limited {
  readonly ours: number;
  readonly blank: number;
  readonly throttled: number;
}

/** Destroys so many links at ten requests a second, and as many empty resources. */
async function limitedRound(bench: Bench, count: number): Promise<Limited> {
  const emulator = await startBenchEmulator();
  const stacks: BenchStack[] = [];
  try {
    const links = outputBuckets(count);
    const ours = await BenchStack.make(bench, { side: 'ours', links, url: emulator.url });
    stacks.push(ours);
    const blank = await BenchStack.make(bench, { side: 'blank', links });
    stacks.push(blank);
    for (const stack of stacks) await stack.run('up');
    emulator.setLimits({ mtsPerSecond: MTS_LIMIT });
    const { result, statistics } = await counted(emulator, () => ours.run('destroy'));
    if (!emulator.isEmpty()) throw new Error('the destroy left links behind');
    const other = await blank.run('destroy');
    bench.say(`  destroy: A ${result.seconds.toFixed(2)} s, B ${other.seconds.toFixed(2)} s`);
    return { ours: result.seconds, blank: other.seconds, throttled: statistics.throttled };
  } finally {
    for (const stack of stacks) stack.remove();
    await emulator.close();
  }
}

export const limit: Part = {
  name: 'limit',
  title: 'Destroy of 100 output buckets at 10 requests a second',
  async run(bench) {
    const count = scaled(bench, 100);
    const bound = count / MTS_LIMIT;
    const rounds: Limited[] = [];
    for (let number = 1; number <= bench.options.rounds; number++)
      rounds.push(await limitedRound(bench, count));
    const aboveEngine = rounds.map(({ ours, blank }) => (ours - blank) / bound);
    return [
      `The bound is ${count} / ${MTS_LIMIT} = ${bound} s. The engine's own share is the destroy of as many empty resources in the`,
      'same round.',
      '',
      ...table([
        ['figure', 'measured', 'goal'],
        [
          "(A − engine's share) / bound",
          spread(aboveEngine),
          verdict({ figure: median(aboveEngine), most: 1.1 }),
        ],
        ['A', `${spread(rounds.map(({ ours }) => ours))} s`, 'none'],
        ["engine's share (B)", `${spread(rounds.map(({ blank }) => blank))} s`, 'none'],
        [
          'throttled answers',
          spread(
            rounds.map(({ throttled }) => throttled),
            0,
          ),
          'none',
        ],
      ]),
    ];
  },
};

export const fourStacks: Part = {
  name: 'four-stacks',
  title: 'Four stacks destroyed at once against one limit of 20 a second',
  async run(bench) {
    const count = scaled(bench, 100);
    const emulator = await startBenchEmulator();
    const stacks: BenchStack[] = [];
    try {
      for (const name of STACKS) {
        stacks.push(
          await BenchStack.make(bench, {
            side: 'ours',
            links: outputBuckets(count, name),
            url: emulator.url,
          }),
        );
      }
      for (const stack of stacks) await stack.run('up');
      bench.say('  the stacks are up; destroying all of them');
      return await destroyAll(emulator, stacks, count);
    } finally {
      for (const stack of stacks) stack.remove();
      await emulator.close();
    }
  },
};

async function destroyAll(
  emulator: Emulator,
  stacks: readonly BenchStack[],
  count: number,
): Promise<readonly string[]> {
  emulator.setLimits({ mtsAccountPerSecond: ACCOUNT_LIMIT });
  emulator.clearJournal();
  const { result: runs, statistics } = await counted(emulator, () =>
    Promise.all(stacks.map((stack) => stack.attempt('destroy'))),
  );
  const unbinds = emulator.journal().filter(({ service }) => service === 'mts');
  const good = runs.filter(({ code }) => code === 0).length;
  const { span, windows } = spanOf(unbinds);
  const share = (stacks.length * count) / ACCOUNT_LIMIT / span;
  const ofWindows = (stacks.length * count) / ACCOUNT_LIMIT / windows;
  return [
    `${count} output buckets in each, one account, ${ACCOUNT_LIMIT} requests a second over all MTS actions together. The share is that of`,
    'the requests the limit admits between the first request and the last; the service counts in whole seconds, of which',
    'the first and the last are not whole.',
    '',
    ...table([
      ['figure', 'measured', 'goal'],
      [
        'stacks that succeeded at the first run',
        `${good} of ${stacks.length}`,
        verdict({ figure: good, least: 4 }),
      ],
      ['left in the account', String(emulator.mediaBuckets().length), 'none'],
      ['seconds from the first request to the last', span.toFixed(2), 'none'],
      ['share of the limit that was used', percent(share), verdict({ figure: share, least: 0.85 })],
      ['the same, of all seconds that were touched', percent(ofWindows), 'none'],
      ['seconds of each run', runs.map(({ seconds }) => seconds.toFixed(1)).join(', '), 'none'],
      ['requests', callsOf(statistics), 'none'],
      ['throttled answers', String(statistics.throttled), 'none'],
      ['most connections', String(statistics.mostConcurrentConnections), 'none'],
    ]),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Seconds from the first request to the last, and the one-second windows of the service that they touch. */
function spanOf(entries: readonly JournalEntry[]): { readonly span: number; readonly windows: number } {
  const first = entries[0]?.time ?? 0;
  const last = entries.at(-1)?.time ?? 0;
  return { span: (last - first) / 1000, windows: Math.floor(last / 1000) - Math.floor(first / 1000) + 1 };
}
