import { table } from '../scripts/markdown-table.js';
import { BenchStack, type Side } from './bench-stack.js';
import { whole } from './figures.js';
import { bindings, type LinkKind, makeParents, outputBuckets, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';

/** Few links and many, so that what the stack itself takes drops out. */
const FEW = 10;
const MANY = 50;

async function stateSize(bench: Bench, side: Side, kind: LinkKind, count: number): Promise<number> {
  const emulator = await startBenchEmulator();
  makeParents(emulator, count);
  const links = kind === 'buckets' ? outputBuckets(count) : bindings(count);
  const stack = await BenchStack.make(bench, { side, links, url: emulator.url });
  try {
    await stack.run('up');
    return stack.stateSize();
  } finally {
    stack.remove();
    await emulator.close();
  }
}

export const state: Part = {
  name: 'state',
  title: 'Bytes of state',
  async run(bench) {
    const many = FEW + scaled(bench, MANY - FEW);
    const each = async (side: Side, kind: LinkKind) => {
      bench.say(`  ${kind}, ${side === 'ours' ? 'A' : 'B'}`);
      const difference =
        (await stateSize(bench, side, kind, many)) - (await stateSize(bench, side, kind, FEW));
      return whole(difference / (many - FEW));
    };
    return [
      'In the file of a file backend, for each resource: inputs, outputs, URN and times.',
      '',
      ...table([
        ['resource', 'A', 'B'],
        ['mps.OutputBucket', await each('ours', 'buckets'), await each('blank', 'buckets')],
        ['imm.DatasetBinding', await each('ours', 'bindings'), await each('blank', 'bindings')],
      ]),
    ];
  },
};
