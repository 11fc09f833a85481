import { isDeepStrictEqual } from 'node:util';
import type { DiffResult, Properties } from '../lifecycle/lifecycle.js';

/** The links of which a refresh told something new. */
export class Drift {
  readonly #ids = new Set<string>();

  /** To be called with what a refresh knew, and what it found. */
  refreshed(id: string, before: Properties, after: Properties): void {
    if (!isDeepStrictEqual(before, after)) this.#ids.add(id);
  }

  /** The next diff is that of the refresh: it must differ, or the engine calls the link unchanged. */
  shown(id: string, diff: DiffResult): DiffResult {
    return this.#ids.delete(id) && diff.changes === false ? { ...diff, changes: true } : diff;
  }
}
