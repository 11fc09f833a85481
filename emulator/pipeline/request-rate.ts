export type Quota = readonly [key: string, limit: number];

/** Counts in fixed windows of one second: the limit "resets every second" (api-facts.md §2.4, quotas). */
export class RequestRate {
  #second = Number.NaN;
  readonly #counts = new Map<string, number>();

  /** False when one of these has had its limit of requests in this second. A refused request is counted nowhere. */
  admit(quotas: readonly Quota[], now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const counts = this.#counts;
    if (quotas.some(([key, limit]) => (counts.get(key) ?? 0) >= limit)) return false;
    for (const [key] of quotas) counts.set(key, (counts.get(key) ?? 0) + 1);
    return true;
  }
}
