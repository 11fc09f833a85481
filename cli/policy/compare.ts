import { UsageError } from '../usage-error.js';
import type { Policy } from './policy.js';

interface Given {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** What a given policy does not allow of a wanted one: each action, with the resource. */
export function missingIn(text: string, wanted: Policy): readonly string[] {
  const statements = statementsIn(text);
  const fits = ({ Action, Resource }: Given, action: string, resource: string) =>
    listOf(Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(Resource).some((pattern) => matches(pattern, resource));
  return wanted.Statement.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) =>
      Resource.filter((resource) => {
        const own = statements.filter((statement) => fits(statement, action, resource));
        // Whether a condition holds nobody can tell here: it allows nothing for certain, and may deny.
        const isAllowed = own.some(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined);
        return !isAllowed || own.some(({ Effect }) => Effect === 'Deny');
      }).map((resource) => `${action} on ${resource}`),
    ),
  );
}

function statementsIn(text: string): readonly Given[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UsageError('--compare: the file is no JSON');
  }
  const { Statement } = (parsed ?? {}) as { Statement?: unknown };
  if (!Array.isArray(Statement))
    throw new UsageError('--compare: the file is no RAM policy: it has no Statement');
  return Statement as Given[];
}

function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
