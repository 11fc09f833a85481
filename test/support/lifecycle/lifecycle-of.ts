import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { providerText, titleOf } from '../../../provider/lifecycle/description.js';
import type { Lifecycle } from '../../../provider/lifecycle/lifecycle.js';

/** The lifecycle of `imm.DatasetBinding` and the like. */
export function lifecycleOf(title: string): Lifecycle {
  const found = LIFECYCLES.find(({ description }) => titleOf(description) === title);
  if (found === undefined) throw new Error(`no resource is ${title}`);
  return found;
}

/** What stands as `__provider` in the state of a dynamic resource. */
export function providerTextOf(title: string): string {
  return providerText(lifecycleOf(title).description);
}
