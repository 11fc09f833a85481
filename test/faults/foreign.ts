import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';

/** What holds the links: the project of every case, and its datasets but our own. */
const HOLDING = /^cn-shanghai\/media(\/(?!ours$)[^/:]+)?$/;
const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/videos/oss://foreign'];

/** Two links of somebody else, next to ours. */
export function addForeignLinks({ emulator }: LifecycleWorld): void {
  emulator.createBinding('cn-shanghai/media/videos/oss://foreign');
  emulator.bindOutputBucket('foreign');
}

/** Every link there is, but the two of somebody else; what of those two is missing, as `missing: <id>`. */
export function linksBesideForeign({ emulator }: LifecycleWorld): string[] {
  const all = emulator.links().filter((id) => !HOLDING.test(id));
  const lost = FOREIGN.filter((id) => !all.includes(id)).map((id) => `missing: ${id}`);
  return [...all.filter((id) => !FOREIGN.includes(id)), ...lost];
}
