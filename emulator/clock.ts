/** Every rule about time asks this, so that a test can hold the time still. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

const SHANGHAI_OFFSET = 8 * 3600 * 1000;

/**
 * RFC3339Nano with nine fraction digits and an offset, as IMM answers CreateTime and UpdateTime
 * (api-facts.md §2.2). `nanos` fills the six digits a JavaScript clock does not have.
 */
export function rfc3339Nano(at: number, nanos: number): string {
  const local = new Date(at + SHANGHAI_OFFSET).toISOString();
  return `${local.slice(0, 23)}${String(nanos % 1_000_000).padStart(6, '0')}+08:00`;
}

/** UTC with seconds, as STS answers Expiration. */
export function utcSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
