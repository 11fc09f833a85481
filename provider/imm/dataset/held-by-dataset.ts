import { ForbiddenError, NotFoundError } from '../../alicloud/answers/errors.js';
import type { Held, Holdings } from '../../lifecycle/holdings.js';
import type { Operation } from '../../lifecycle/operation.js';
import { idOf as bindingId } from '../dataset-binding/binding.js';
import { listBindings } from '../dataset-binding/list-bindings.js';
import type { DatasetNames } from '../names.js';
import { countEntries } from './entries.js';

const CURE =
  'Index entries stay when a binding is deleted. To remove them with the dataset, set forceDestroy: true on it, run ' +
  '`pulumi up`, then `pulumi destroy`; what is in OSS stays. Or remove them with BatchDeleteFileMeta.';

/** What keeps the service from deleting a dataset. */
export function heldByDataset(operation: Operation, names: DatasetNames): Promise<Holdings> {
  return seenOf([
    ['bindings', () => bindingsOf(operation, names)],
    ['index entries', () => entriesOf(operation, names)],
  ]);
}

export async function bindingsOf(operation: Operation, names: DatasetNames): Promise<readonly Held[]> {
  const listing = await listBindings(operation, names);
  return [...listing.keys()].map((uri) => ({
    title: 'imm.DatasetBinding',
    id: bindingId({ ...names, uri }),
  }));
}

async function entriesOf(operation: Operation, names: DatasetNames): Promise<readonly Held[]> {
  const count = await countEntries(operation, names);
  return count === 0 ? [] : [{ title: 'index entries', count, cure: CURE }];
}

/** Every kind of what is held; one that may not be listed is said to be not seen. */
export async function seenOf(
  kinds: readonly (readonly [what: string, list: () => Promise<readonly Held[]>])[],
): Promise<Holdings> {
  const held: Held[] = [];
  const unseen: string[] = [];
  for (const [what, list] of kinds) {
    try {
      held.push(...(await list()));
    } catch (error) {
      // What is being deleted may be gone by now; then there is nothing in it.
      if (error instanceof NotFoundError) continue;
      if (!(error instanceof ForbiddenError)) throw error;
      unseen.push(`${what} (${error.message})`);
    }
  }
  return { held, unseen };
}
