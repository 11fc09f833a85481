import type { Emulator } from '../../emulator/index.js';
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
  if (/it exists already/.test(message)) return adoptLine(message) === id && there !== undefined && !isMeant;
  if (/State Failed/.test(message)) {
    return emulator.bindings().some(({ link, state: shown }) => link === id && shown === 'Failed');
  }
  if (/it is gone\. Run `pulumi refresh`/.test(message)) return kept?.outputs.waiting === true && !isMeant;
  if (/CreateBinding: (ResourceAlreadyExists|InvalidArgument)/.test(message)) {
    const bucket = /oss:\/\/(.+)$/.exec(id)?.[1];
    return live.some((link) => link.kind === 'binding' && link.bucket === bucket && link.id !== id);
  }
  return false;
}
