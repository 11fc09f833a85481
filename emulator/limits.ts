/** Every limit the emulator keeps. Infinity: off. */
export interface Limits {
  /** Requests a second, account and MTS action: api-facts.md §3, column QPS/account. */
  mtsPerSecond: number;
  /** ListAllMediaBucket, requests a second and account: api-facts.md §3. */
  mtsListingPerSecond: number;
  /** Requests a second and IMM project over all actions: api-facts.md §2.4, ProjectQueriesPerSecond. */
  immProjectPerSecond: number;
  /** Requests a second and account over all MTS actions; not documented, so off by default. */
  mtsAccountPerSecond: number;
  /** Requests a second and account over all IMM actions and projects; not documented, so off by default. */
  immAccountPerSecond: number;
  /** api-facts.md §2.4, quotas: 100 projects a region. */
  projectsPerRegion: number;
  /** api-facts.md §2.3, DatasetMaxBindCount 1-10. */
  bindingsPerDataset: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  mtsPerSecond: 100,
  mtsListingPerSecond: 10,
  immProjectPerSecond: 100,
  mtsAccountPerSecond: Number.POSITIVE_INFINITY,
  immAccountPerSecond: Number.POSITIVE_INFINITY,
  projectsPerRegion: 100,
  bindingsPerDataset: 10,
};

/** `false` for all of them or for one takes the limit away. */
export type LimitOverrides = false | { readonly [name in keyof Limits]?: number | false | undefined };

export function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}

/** Changes `limits` in place; a bad name or number is refused and changes nothing. */
export function overrideLimits(limits: Limits, overrides: LimitOverrides): void {
  if (overrides === false) {
    for (const name of Object.keys(limits)) if (isLimitName(name)) limits[name] = Number.POSITIVE_INFINITY;
    return;
  }
  const changed = { ...limits };
  for (const [name, value] of Object.entries(overrides)) {
    if (!isLimitName(name)) {
      throw new Error(`no limit is called ${name}; the limits are ${Object.keys(DEFAULT_LIMITS).join(', ')}`);
    }
    if (value === undefined) continue;
    if (value !== false && !(typeof value === 'number' && value >= 0)) {
      throw new Error(`limit ${name} must be a number that is not negative, or false`);
    }
    changed[name] = value === false ? Number.POSITIVE_INFINITY : value;
  }
  Object.assign(limits, changed);
}
