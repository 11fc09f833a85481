import { parseArgs } from 'node:util';

export interface Options {
  /** The parts asked for; none: all. */
  readonly parts: readonly string[];
  /** Shrinks every number of links. Figures of a run that is not 1 are tried, not measured. */
  readonly scale: number;
  /** Rounds of the comparisons of up to 200 links. */
  readonly rounds: number;
  /** Rounds of the comparison of 1,000 links. */
  readonly longRounds: number;
  /** Install the libraries that are not used into a scratch folder, and measure them. */
  readonly libraries: boolean;
  /** Measure nothing: draw the pictures of the page from the figures that it has. */
  readonly plots: boolean;
}

export const USAGE = `usage: npm run bench -- [PART...] [--scale NUMBER] [--rounds NUMBER] [--long-rounds NUMBER] [--libraries]
       npm run bench -- --plots
  --scale        less links, to try it out: 0.1 makes 20 of 200; nothing is written then (1)
  --rounds       how often each comparison of up to 200 links is repeated (3)
  --long-rounds  the same for the one of 1,000 links (1)
  --libraries    with the part limiter: install bottleneck and limiter in a scratch folder and measure them
  --plots        measure nothing; draw the pictures from the figures of the page`;

export class WrongUsage extends Error {}

export function parseOptions(args: readonly string[], known: readonly string[]): Options {
  const { values, positionals } = read(args);
  const unknown = positionals.find((part) => !known.includes(part));
  if (unknown !== undefined) throw new WrongUsage(`no part is called ${unknown}`);
  const scale = Number(values.scale ?? 1);
  if (!(scale > 0 && scale <= 1)) throw new WrongUsage('--scale takes a number above 0, up to 1');
  if (values.plots && args.length > 1) throw new WrongUsage('--plots stands alone');
  return {
    parts: positionals,
    scale,
    rounds: rounds('rounds', values.rounds ?? '3'),
    longRounds: rounds('long-rounds', values['long-rounds'] ?? '1'),
    libraries: values.libraries ?? false,
    plots: values.plots ?? false,
  };
}

function read(args: readonly string[]) {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { scale: text, rounds: text, 'long-rounds': text, libraries: flag, plots: flag },
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function rounds(name: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1)
    throw new WrongUsage(`--${name} takes a whole number from 1 on`);
  return number;
}
