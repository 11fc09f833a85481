import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import type { Step, StepAction } from '../../provider/lifecycle/description.js';
import type { Lifecycle, Properties } from '../../provider/lifecycle/lifecycle.js';
import { groupBy } from '../group-by.js';

/** What a person runs, and the parts of the lives of resources that it runs. A preview changes nothing and asks STS alone. */
export const COMMAND_STEPS: Readonly<Record<string, readonly Step[]>> = {
  preview: [],
  // With --refresh, or the option import, it reads, too; what left the program it deletes.
  up: ['create', 'read', 'update', 'delete'],
  refresh: ['read'],
  destroy: ['delete'],
  audit: ['audit'],
};

/** One resource whose permissions are asked for. */
export interface Subject {
  readonly lifecycle: Lifecycle;
  /** Its arguments, as far as they are known, and `accountId`. */
  readonly properties: Properties;
}

interface Permission {
  readonly action: string;
  readonly resource: string;
}

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface Policy {
  readonly Version: '1';
  readonly Statement: readonly Statement[];
}

/** The actions that stand beside the lifecycle of each resource, for these of them, and nothing else. */
export function policyOf(subjects: readonly Subject[], steps: readonly Step[]): Policy {
  const permissions = subjects.flatMap(({ lifecycle, properties }) =>
    actionsOf(lifecycle, properties, steps).map(
      ({ action, resource }): Permission => ({ action, resource: named(resource, properties) }),
    ),
  );
  return { Version: '1', Statement: statementsOf(permissions) };
}

/** One of each resource, with every name: what an audit looks at. */
export const EVERYTHING: readonly Subject[] = LIFECYCLES.map((lifecycle) => ({ lifecycle, properties: {} }));

/** The actions without a permission for a part, and where that stands. */
export function unbounded(subjects: readonly Subject[], steps: readonly Step[]): ReadonlyMap<string, string> {
  return new Map(
    subjects
      .flatMap(({ lifecycle, properties }) => actionsOf(lifecycle, properties, steps))
      .flatMap(({ action, resource, source }) => (resource === '*' ? [[action, source ?? ''] as const] : [])),
  );
}

function actionsOf(
  { description }: Lifecycle,
  properties: Properties,
  steps: readonly Step[],
): readonly StepAction[] {
  return description.ramActions.filter(
    ({ steps: own, onlyWith }: StepAction) =>
      own.some((step) => steps.includes(step)) && (onlyWith === undefined || properties[onlyWith] === true),
  );
}

/** What is not known stands for any. */
function named(resource: string, properties: Properties): string {
  return resource.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { [name]: value } = properties;
    return typeof value === 'string' ? value : '*';
  });
}

/** As few statements as say just this: those of one action together, then actions of the same resources. */
function statementsOf(permissions: readonly Permission[]): readonly Statement[] {
  const byAction = [...groupBy(permissions, ({ action }) => action)].map(([action, same]) => ({
    action,
    resources: [...new Set(same.map(({ resource }) => resource))].sort(),
  }));
  return [...groupBy(byAction, ({ resources }) => resources.join('\0')).values()]
    .map(
      (same): Statement => ({
        Effect: 'Allow',
        Action: same.map(({ action }) => action).sort(),
        Resource: same[0]?.resources ?? [],
      }),
    )
    .sort((a, b) => (String(a.Action) < String(b.Action) ? -1 : 1));
}
