import type { Statistics } from '../emulator/index.js';
import { BenchStack, type OperationName } from './bench-stack.js';
import { counted } from './calls.js';
import { bindings, type LinkKind, linksIn, makeParents, outputBuckets, startBenchEmulator } from './links.js';
import type { Bench } from './part.js';

export const OPERATION_NAMES: readonly OperationName[] = ['up', 'preview', 'refresh', 'destroy'];

/** One operation of both sides, one after the other. */
export interface Pair {
  readonly operation: OperationName;
  readonly ours: number;
  readonly blank: number;
  readonly statistics: Statistics;
}

/** Up, preview, refresh and destroy of both sides in turn, on fresh stacks. */
async function round(bench: Bench, kind: LinkKind, count: number): Promise<readonly Pair[]> {
  const emulator = await startBenchEmulator();
  const links = kind === 'buckets' ? outputBuckets(count) : bindings(count);
  if (kind === 'bindings') makeParents(emulator, count);
  const stacks: BenchStack[] = [];
  try {
    const ours = await BenchStack.make(bench, { side: 'ours', links, url: emulator.url });
    stacks.push(ours);
    const blank = await BenchStack.make(bench, { side: 'blank', links });
    stacks.push(blank);
    const pairs: Pair[] = [];
    for (const operation of OPERATION_NAMES) {
      const { result, statistics } = await counted(emulator, () => ours.run(operation));
      const other = await blank.run(operation);
      const expected = operation === 'destroy' ? 0 : count;
      if (linksIn(emulator) !== expected) {
        throw new Error(`after ${operation} there are ${linksIn(emulator)} links instead of ${expected}`);
      }
      pairs.push({ operation, ours: result.seconds, blank: other.seconds, statistics });
      bench.say(
        `  ${operation} of ${count} ${kind}: A ${result.seconds.toFixed(2)} s, B ${other.seconds.toFixed(2)} s`,
      );
    }
    return pairs;
  } finally {
    for (const stack of stacks) stack.remove();
    await emulator.close();
  }
}

let isWarm = false;

/** Reads every program and module from disk once, so that the first round is like the others. */
async function warmUp(bench: Bench): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  bench.say('  a round with one link of each side, which is not counted');
  await round({ ...bench, say: () => {} }, 'buckets', 1);
}

export async function measureRounds(
  bench: Bench,
  kind: LinkKind,
  count: number,
  rounds: number,
): Promise<readonly Pair[]> {
  await warmUp(bench);
  const pairs: Pair[] = [];
  for (let number = 1; number <= rounds; number++) {
    bench.say(`  round ${number} of ${rounds}`);
    pairs.push(...(await round(bench, kind, count)));
  }
  return pairs;
}
