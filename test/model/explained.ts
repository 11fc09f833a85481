import type { Emulator } from '../../emulator/index.js';
import { doubtOf, isUnfinished } from '../../provider/lifecycle/standing.js';
import { type LiveLink, means } from './cloud.js';
import type { Kept } from './engine.js';

/** What was there before a step failed. */
interface Context {
  readonly id: string;
  readonly state: ReadonlyMap<string, Kept>;
  readonly live: readonly LiveLink[];
  readonly emulator: Emulator;
}

/** The id in the line that an error prints to take a link over. */
export function adoptLine(message: string): string | undefined {
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
  const mayBeTheirs = !isMeant || (isDoubtful && there?.kind === 'bucket');
  if (/it exists already/.test(message))
    return adoptLine(message) === id && there !== undefined && mayBeTheirs;
  if (/the service keeps no time of it/.test(message)) {
    // In a replacement it is the link of the state that cannot be deleted.
    const told = adoptLine(message);
    if (told !== id && told !== kept?.id) return false;
    return isDoubtful && live.some((link) => link.id === told && link.kind === 'bucket');
  }
  // Within so short a time nobody can tell that what was made a moment ago is gone.
  if (/not within .*; last seen: no change/.test(message)) return kept?.outputs.customTimeouts !== undefined;
  if (/State Failed/.test(message)) {
    return emulator.bindings().some(({ link, state: shown }) => link === id && shown === 'Failed');
  }
  if (/it is gone\. Run `pulumi refresh`/.test(message))
    return kept !== undefined && isUnfinished(kept.outputs) && !isMeant;
  if (/CreateBinding: (ResourceAlreadyExists|InvalidArgument)/.test(message)) {
    const bucket = /oss:\/\/(.+)$/.exec(id)?.[1];
    return live.some((link) => link.kind === 'binding' && link.bucket === bucket && link.id !== id);
  }
  return false;
}
