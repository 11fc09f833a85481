import type { ArgDescription } from '../lifecycle/description.js';

/** The argument that asks for counts. */
export const WITH_STATISTICS = {
  type: 'boolean',
  description: 'Ask for the counts, too. The service counts nothing, or not right, where it is not asked to.',
  default: '`false`',
  source: 'api-facts.md §2.4',
  example: 'true',
} as const;

/** A count of an object, up to 2^63-1. */
export function countOf<const W extends string>(wire: W, description: string) {
  return {
    type: 'int64',
    wire,
    optional: true,
    onlyWith: 'withStatistics',
    description: `${description} A text of digits, with \`withStatistics\` alone.`,
  } as const;
}

/** Arguments as outputs that an answer may leave out. */
export function mayLack<const A extends Readonly<Record<string, ArgDescription>>>(
  args: A,
): { readonly [K in keyof A]: A[K] & { readonly optional: true } } {
  const outputs = Object.entries(args).map(([name, arg]) => [name, { ...arg, optional: true }]);
  return Object.fromEntries(outputs);
}
