import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { keeping } from '../../provider/lifecycle/standing.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';

/** What a state keeps of a create that was tried now, and of which nobody knows more. */
export function inDoubt({ clock }: LifecycleWorld, inputs: Properties): Properties {
  const now = clock.now();
  return keeping(
    { ...inputs, accountId: '1000000000000001' },
    { claim: 'made-by-test', unfinished: { from: now, until: now } },
  );
}
