import type { Call } from './one-case.js';
import type { Scenario } from './scenarios.js';

/** One call of one operation. */
export interface Site {
  readonly scenario: Scenario;
  readonly call: Pick<Call, 'action'>;
}

/** So few of them that each operation and each action is among them. */
export function corners<S extends Site>(sites: readonly S[]): S[] {
  const namesOf = ({ scenario, call }: S) => [scenario.name, call.action];
  const left = new Set(sites.flatMap(namesOf));
  const gain = (site: S) => namesOf(site).filter((name) => left.has(name)).length;
  const chosen: S[] = [];
  while (left.size > 0) {
    const [best] = [...sites].sort((a, b) => gain(b) - gain(a));
    if (best === undefined) break;
    chosen.push(best);
    for (const name of namesOf(best)) left.delete(name);
  }
  return chosen;
}
