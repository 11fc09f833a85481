export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export interface Goal {
  readonly figure: number;
  readonly most?: number;
  readonly least?: number;
}

/** Whether a figure reaches its goal, in words; a miss stays in the page as it is. */
export function verdict({ figure, most, least }: Goal): string {
  const isMet = figure <= (most ?? Number.POSITIVE_INFINITY) && figure >= (least ?? Number.NEGATIVE_INFINITY);
  const goal = most === undefined ? `≥ ${least}` : `≤ ${most}`;
  return isMet ? `${goal}: met` : `${goal}: **missed**`;
}

/** The median, and the lowest and the highest where there are several. */
export function spread(values: readonly number[], digits = 2): string {
  const middle = median(values).toFixed(digits);
  if (values.length < 2) return middle;
  return `${middle} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
}

export function seconds(values: readonly number[]): string {
  return `${median(values).toFixed(2)} s`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
