import type { Listed, Listing, Properties } from './lifecycle.js';
import type { Link } from './link.js';
import type { Operation } from './operation.js';

/** What a listing shows: the names of each, and what a look at it would find. */
interface Rows<T> {
  readonly rows: readonly (readonly [names: Properties, found: T])[];
  readonly isComplete: boolean;
}

/** How all of a kind are listed, and what is told of each. */
export interface Listable<T> {
  /** All that exist within what one hangs on. */
  list(operation: Operation, within: Properties): Promise<Rows<T>>;
  /** The arguments of one that was found, as far as it differs from what the service fills in. */
  argsOf?(found: T): Properties;
  /** Why one that was found does not do what it is there for, if so. */
  trouble?(found: T): string | undefined;
}

interface Kind<T> extends Listable<T> {
  linkOf(operation: Operation, names: Properties): Link<T>;
}

export async function listLinks<T>(
  operation: Operation,
  within: Properties,
  kind: Kind<T>,
): Promise<Listing> {
  const { rows, isComplete } = await kind.list(operation, within);
  const found = rows.map(([names, one]): Listed => {
    const { id, madeAt } = kind.linkOf(operation, names);
    const trouble = kind.trouble?.(one);
    return {
      id,
      inputs: { ...names, ...kind.argsOf?.(one) },
      madeAt: madeAt(one),
      ...(trouble !== undefined && { trouble }),
    };
  });
  return { found, isComplete };
}
