/** A reply of the service as plain JSON: ordinary objects, and numbers that JavaScript can hold. */
export type Reply = { readonly [name: string]: unknown };

/**
 * pop-core parses with json-bigint: objects come without a prototype, and a number of more than 15 digits
 * as an object of its own, which becomes the string of its digits here. Undefined for what is no object.
 */
export function plain(value: unknown): Reply | undefined {
  const clean = plainValue(value);
  return typeof clean === 'object' && clean !== null && !Array.isArray(clean) ? (clean as Reply) : undefined;
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  if ('_isBigNumber' in value || Object.getPrototypeOf(value)?.constructor?.name === 'BigNumber')
    return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner)]));
}
