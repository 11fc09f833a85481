import type { Emulator } from '../../emulator/index.js';
import { doubtOf, isUnfinished } from '../../provider/lifecycle/standing.js';
import { lifecycleOf } from '../support/lifecycle/lifecycle-of.js';
import { type LiveLink, means } from './cloud.js';
import type { Kept } from './engine.js';
import { idIn, isBelow, isDated, LINKS, linkOf, parentOf } from './links.js';

/** What was there before a step failed. */
interface Context {
  readonly id: string;
  readonly state: ReadonlyMap<string, Kept>;
  readonly live: readonly LiveLink[];
  readonly emulator: Emulator;
  /** Something of the state or the program has little time. */
  readonly isShort: boolean;
}

/** The id in the line that an error prints to take a link over. */
export function adoptLine(message: string): string | undefined {
  const line = lineIn(message);
  return line === undefined ? undefined : idIn(line);
}

/** Whether a change of what a program says is sent. */
const isUpdated = (title: string): boolean => lifecycleOf(title).description.calls.update !== undefined;

/** That line's own word for it. */
export function lineIn(message: string): string | undefined {
  return /^ {2}ALICLOUD_MEDIA_ADOPT='(.+)'$/m.exec(message)?.[1];
}

/** Whether what was there made this step fail, and not the provider. */
export function isExplained(message: string, slot: string, context: Context): boolean {
  const { id, state, live, emulator } = context;
  const kept = state.get(slot);
  const there = live.find((link) => link.id === id);
  const isMeant = there !== undefined && kept !== undefined && means(kept.id, kept.outputs, there);
  const isDoubtful = kept !== undefined && doubtOf(kept.outputs) !== undefined;
  // Nobody can tell whose a registration is that was in doubt for longer than the window.
  const mayBeTheirs = !isMeant || (isDoubtful && there !== undefined && !isDated(there.title));
  if (/it exists already/.test(message))
    return adoptLine(message) === id && there !== undefined && mayBeTheirs;
  if (/the service keeps no time of it/.test(message)) {
    // In a replacement it is the link of the state that cannot be deleted.
    const told = adoptLine(message);
    if (told !== id && told !== kept?.id) return false;
    return isDoubtful && live.some((link) => link.id === told && !isDated(link.title));
  }
  // Within so short a time nobody can tell that what was made a moment ago is gone.
  if (/not within .*; last seen: no change/.test(message)) return context.isShort;
  // What it hangs on was removed behind the back of a state that has not been refreshed.
  if (/(is|are) not found/.test(message)) {
    const own = linkOf(kept?.id ?? id);
    const above = own && parentOf(own);
    return above !== undefined && !live.some((link) => link.id === above.id);
  }
  // What hangs on it is somebody else's, or of ours and not known to the state.
  if (/the service does not delete it while it holds others/.test(message)) {
    const own = linkOf(kept?.id ?? id);
    const isKnown = (one: LiveLink) =>
      [...state.values()].some((other) => means(other.id, other.outputs, one));
    const below = LINKS.filter((link) => own !== undefined && isBelow(link, own));
    return live.some((one) => below.some((link) => link.id === one.id) && !isKnown(one));
  }
  if (/State Failed/.test(message)) {
    return emulator.bindings().some(({ link, state: shown }) => link === id && shown === 'Failed');
  }
  if (/it is gone\..*Run `pulumi refresh`/s.test(message))
    return kept !== undefined && !isMeant && (isUnfinished(kept.outputs) || isUpdated(kept.title));
  if (/CreateBinding: (ResourceAlreadyExists|InvalidArgument)/.test(message)) {
    const bucket = /oss:\/\/(.+)$/.exec(id)?.[1];
    return live.some((link) => link.bucket === bucket && link.id !== id);
  }
  return false;
}
