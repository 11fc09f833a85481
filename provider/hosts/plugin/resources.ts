import { pluginType, titleOf } from '../../lifecycle/description.js';
import { LIFECYCLES } from '../lifecycles.js';
import type { Session } from '../session.js';
import { Steps } from '../steps.js';

/** The steps of every resource, by type. */
export function stepsByType(session: () => Session): (type: string) => Steps {
  const steps = new Map(
    LIFECYCLES.map((lifecycle) => [pluginType(lifecycle.description), new Steps(lifecycle, session)]),
  );
  return (type) => {
    const found = steps.get(type);
    if (found !== undefined) return found;
    const known = LIFECYCLES.map(({ description }) => titleOf(description)).join(', ');
    throw new Error(`${type} is no resource of alicloud-media; it has ${known}.`);
  };
}
