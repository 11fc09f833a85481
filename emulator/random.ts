/** A small seeded generator (mulberry32): the same seed gives the same ids, so a run can be repeated. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += Math.floor(this.next() * 16).toString(16);
    return text;
  }

  /** An upper-case UUID, the form of a RequestId. */
  requestId(): string {
    const variant = '89ab'.charAt(Math.floor(this.next() * 4));
    const parts = [this.hex(8), this.hex(4), `4${this.hex(3)}`, `${variant}${this.hex(3)}`, this.hex(12)];
    return parts.join('-').toUpperCase();
  }
}

/** At least 0, below 1, and always the same for the same text. */
export function chance(text: string): number {
  // FNV-1a, then mulberry32 spreads what it gives.
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return new SeededRandom(hash).next();
}
