import { parseDuration } from '../../provider/lifecycle/duration.js';
import type { Listed, Listing } from '../../provider/lifecycle/lifecycle.js';
import type { Unanswered } from '../listing.js';
import type { PendingCreate, StackState } from '../states/stack-state.js';
import type { Create } from './report.js';

/** A create that no `customTimeouts` bounds. */
const DEFAULT_TIMEOUT = 10 * 60_000;
/** The clock of the service and that of the machine on which the engine ran. */
const CLOCKS = 2 * 60_000;

const iso = (time: number): string => new Date(time).toISOString();

/** What is known of one create that was under way when the engine was killed. */
export function judge(
  state: StackState,
  create: PendingCreate,
  listing: Listing | { readonly error: Unanswered } | undefined,
  owner: string | undefined,
  consistencyWindow: number,
): Create {
  const { title, id = '', name } = create;
  const { earliest, latest } = spanOf(state, create);
  const about = {
    stack: state.stack,
    name,
    title,
    id,
    ...(earliest !== undefined && { notBefore: iso(earliest) }),
    ...(latest !== undefined && { notAfter: iso(latest) }),
  };
  if (listing === undefined) return { ...about, is: 'unknown', says: SECRET };
  if ('error' in listing) return { ...about, is: 'unknown', says: listing.error.says };
  const found = listing.found.find((one) => one.id === id);
  if (found === undefined) {
    if (!listing.isComplete) return { ...about, is: 'unknown', says: CUT };
    const isYoung = state.written !== undefined && Date.now() - state.written < consistencyWindow;
    return isYoung ? { ...about, is: 'unknown', says: YOUNG } : { ...about, is: 'missing', says: MISSING };
  }
  const made = found.madeAt === undefined ? {} : { madeAt: iso(found.madeAt) };
  if (owner !== undefined) return { ...about, ...made, is: 'owned', says: `It is in the stack ${owner}.` };
  const contradiction = contradictionOf(found, earliest, latest);
  if (contradiction !== undefined) return { ...about, ...made, is: 'contradicted', says: contradiction };
  return { ...about, ...made, is: 'ours', says: compared(found, earliest, latest) };
}

const SECRET =
  'An argument that names it is a secret, which stays encrypted in the state: look it up in the console.';
const MISSING = 'It does not exist: `pulumi up` makes it.';
const YOUNG =
  'It is not shown, and was under way a moment ago: what was sent may show only in a minute. Run this again then, before you destroy.';
const CUT = 'It is not in the listing, which the service may have cut off: look it up in the console.';

/**
 * When the killed run can have made it. It was pending when the state was written last, so it was sent after what it hangs on
 * was made, and its own time was over at the latest so long after that writing.
 */
function spanOf({ written }: StackState, { notBefore, inputs }: PendingCreate) {
  const timeouts = inputs.customTimeouts as Record<string, unknown> | undefined;
  const timeout = parseDuration(timeouts?.create) ?? DEFAULT_TIMEOUT;
  return {
    earliest: notBefore === undefined ? undefined : notBefore - CLOCKS,
    latest: written === undefined ? undefined : written + timeout + CLOCKS,
  };
}

function contradictionOf(
  { madeAt }: Listed,
  earliest: number | undefined,
  latest: number | undefined,
): string | undefined {
  if (madeAt === undefined) return undefined;
  const leave = 'Somebody else made it: leave it to them, or adopt it by name if you know better.';
  if (earliest !== undefined && madeAt < earliest)
    return `It was made ${iso(madeAt)}, and the stack had not begun before ${iso(earliest)}. ${leave}`;
  if (latest !== undefined && madeAt > latest)
    return `It was made ${iso(madeAt)}, and the create of the stack was over by ${iso(latest)}. ${leave}`;
  return undefined;
}

function compared({ madeAt }: Listed, earliest: number | undefined, latest: number | undefined): string {
  if (madeAt === undefined)
    return 'It exists, and no given stack has it. The service keeps no time of it: look whether somebody else registered it.';
  const from = earliest === undefined ? '' : `, not before ${iso(earliest)}`;
  const until = latest === undefined ? '' : `, not after ${iso(latest)}`;
  return `It exists, made ${iso(madeAt)}${from}${until}, and no given stack has it.`;
}
