/** Whether a version is within a range such as `>=3.216 <4`, which is all that is needed of ranges here. */
export function isWithin(version: string, range: string): boolean {
  const bounds = [...range.matchAll(/(>=|<)\s*(\d+(?:\.\d+)*)/g)];
  return bounds.every(([, sign, bound = '']) =>
    sign === '<' ? compare(version, bound) < 0 : compare(version, bound) >= 0,
  );
}

/** By the numbers alone: what stands behind a hyphen does not count. */
function compare(one: string, other: string): number {
  const [a, b] = [numbersIn(one), numbersIn(other)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersIn(version: string): readonly number[] {
  const [, plain = ''] = /^v?(\d+(?:\.\d+)*)/.exec(version) ?? [];
  return plain.split('.').map(Number);
}
