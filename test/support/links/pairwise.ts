/** What may take one of several values, by name. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

export type Row<F extends Factors> = { readonly [name in keyof F]: F[name][number] };

/**
 * Rows in which every value of every factor meets every value of every other one, in far fewer rows than there are
 * combinations. Greedy, without chance: the same factors always give the same rows.
 */
export function pairwise<F extends Factors>(factors: F): Row<F>[] {
  const names = Object.keys(factors);
  const left = new Map(allPairs(factors).map((pair) => [keyOf(pair), pair]));
  const rows: Row<F>[] = [];
  for (let [first] = left.values(); first !== undefined; [first] = left.values()) {
    // A pair that no row has yet, so that each row covers one at least; then what covers most.
    const row = new Map<string, unknown>(first);
    for (const name of names) {
      if (row.has(name)) continue;
      const gain = (value: unknown) => pairsWith(row, name, value).filter((key) => left.has(key)).length;
      const [best] = [...(factors[name] ?? [])].sort((a, b) => gain(b) - gain(a));
      row.set(name, best);
    }
    for (const name of names) for (const key of pairsWith(row, name, row.get(name))) left.delete(key);
    rows.push(Object.fromEntries(row) as Row<F>);
  }
  return rows;
}

type Choice = readonly [name: string, value: unknown];
type Pair = readonly [Choice, Choice];

function allPairs(factors: Factors): Pair[] {
  const choices = Object.entries(factors).flatMap(([name, values]) =>
    values.map((value): Choice => [name, value]),
  );
  return choices.flatMap((one, index) =>
    choices
      .slice(index + 1)
      .filter(([name]) => name !== one[0])
      .map((other): Pair => [one, other]),
  );
}

/** The pairs of this choice with everything that is chosen already. */
function pairsWith(row: ReadonlyMap<string, unknown>, name: string, value: unknown): string[] {
  return [...row].filter(([other]) => other !== name).map((other) => keyOf([other, [name, value]]));
}

function keyOf(pair: Pair): string {
  return pair
    .map((choice) => JSON.stringify(choice))
    .sort()
    .join();
}
