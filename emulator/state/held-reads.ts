/** A record as the state keeps it; `sequence` gives a listing its order. */
interface Row {
  readonly sequence: number;
}

interface Hold<R> {
  readonly until: number;
  /** What reads show until then; undefined: nothing. */
  readonly shown: R | undefined;
}

/** Links that reads show as they were before a write, each for a time of its own. In memory only. */
export class HeldReads<R extends Row> {
  /** By place (account and region), then by name of the link; of several holds the oldest counts, as in a replica. */
  readonly #places = new Map<string, Map<string, Hold<R>[]>>();

  hold(place: string, name: string, hold: Hold<R>): void {
    const names = this.#places.get(place) ?? new Map<string, Hold<R>[]>();
    this.#places.set(place, names);
    names.set(name, [...(names.get(name) ?? []), hold]);
  }

  /** The rows with what is held put in their place. */
  apply(place: string, rows: R[], nameOf: (row: R) => string, now: number): R[] {
    const names = this.#places.get(place);
    if (!names) return rows;
    const held = new Map<string, R | undefined>();
    for (const [name, holds] of names) {
      const left = holds.filter(({ until }) => now < until);
      if (left[0]) held.set(name, left[0].shown);
      if (left.length === 0) names.delete(name);
      else names.set(name, left);
    }
    if (names.size === 0) this.#places.delete(place);
    const others = rows.filter((row) => !held.has(nameOf(row)));
    const shown = [...held.values()].filter((row) => row !== undefined);
    return [...others, ...shown].sort((a, b) => a.sequence - b.sequence);
  }

  clear(): void {
    this.#places.clear();
  }
}
