import { NotFoundError, ServiceError, TransportError } from '../provider/alicloud/answers/errors.js';
import { LIFECYCLES } from '../provider/hosts/lifecycles.js';
import { runStep } from '../provider/hosts/run-step.js';
import type { Session } from '../provider/hosts/session.js';
import { titleOf } from '../provider/lifecycle/description.js';
import type { Lifecycle, Listing, Properties } from '../provider/lifecycle/lifecycle.js';
import type { Operation } from '../provider/lifecycle/operation.js';

/** What was to be listed and gave no answer. */
export interface Unanswered {
  readonly action: string;
  readonly code: string;
  readonly says: string;
}

const BY_TITLE = new Map(LIFECYCLES.map((lifecycle) => [titleOf(lifecycle.description), lifecycle]));

/** What one hangs on: the resource, and the names of it. */
export function parentOf({
  description,
}: Lifecycle): { lifecycle: Lifecycle; fills: readonly string[] } | undefined {
  const [parent] = Object.values(description.parents ?? {});
  const lifecycle = parent && BY_TITLE.get(`${description.module}.${parent.type}`);
  return lifecycle && parent && { lifecycle, fills: parent.fills };
}

/** Where a resource of these names is listed. */
export function placeOf(lifecycle: Lifecycle, names: Properties): string {
  const fills = parentOf(lifecycle)?.fills ?? [];
  return [names.region, ...fills.map((name) => names[name])].join('/');
}

export const keyOf = (title: string, id: string): string => `${title} ${id}`;

export function namesOf(child: Lifecycle, names: Properties): Properties {
  const fills = parentOf(child)?.fills ?? [];
  return Object.fromEntries(['region', ...fills].map((name) => [name, names[name]]));
}

export const CUT =
  'The listing may be cut off by the service: what it shows exists, and nothing follows from what it does not show.';

/** All of a kind in one place, or why nothing is known of it. */
export async function listing(
  session: Session,
  lifecycle: Lifecycle,
  within: Properties,
  timeout: number,
): Promise<Listing | { readonly error: Unanswered }> {
  const subject = `all ${titleOf(lifecycle.description)} in ${placeOf(lifecycle, within)}`;
  const listed = await asked(session, subject, timeout, (operation) => lifecycle.list(within, operation));
  if ('answer' in listed) return listed.answer;
  // It was there a moment ago: what it is within was deleted meanwhile, and all in it before.
  const isGone = listed.cause instanceof NotFoundError && parentOf(lifecycle) !== undefined;
  return isGone ? { found: [], isComplete: true } : listed;
}

/** Asks within so many milliseconds; what failed is told, and ends nothing. */
export async function asked<T>(
  session: Session,
  subject: string,
  timeout: number,
  question: (operation: Operation) => Promise<T>,
): Promise<{ readonly answer: T } | { readonly error: Unanswered; readonly cause: unknown }> {
  let cause: unknown;
  try {
    const answer = await runStep(
      { kind: 'read', subject, timed: {}, session: () => session, call: { timeout } },
      (operation) =>
        question(operation).catch((error: unknown) => {
          cause = error;
          throw error;
        }),
    );
    return { answer };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { error: { ...whatFailed(cause), says }, cause };
  }
}

/** The action that was not answered, and by which code. */
function whatFailed(cause: unknown): { readonly action: string; readonly code: string } {
  if (cause instanceof ServiceError) return { action: `${cause.service}:${cause.action}`, code: cause.code };
  if (cause instanceof TransportError) return { action: `${cause.service}:${cause.action}`, code: 'NoReply' };
  return { action: '', code: cause instanceof Error ? cause.name : 'Error' };
}
