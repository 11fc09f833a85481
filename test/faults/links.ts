import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld } from '../lifecycle-world.js';
import type { Served } from '../served.js';

/** One link of each resource, and the ways to it that are not ours. */
export interface Link {
  readonly title: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly makes: string;
  readonly removes: string;
  steps(world: LifecycleWorld): Served;
  makeBehindTheBack(world: LifecycleWorld): void;
  removeBehindTheBack(world: LifecycleWorld): void;
}

export const BINDING: Link = {
  title: 'imm.DatasetBinding',
  id: 'cn-shanghai/media/videos/oss://ours',
  inputs: { projectName: 'media', datasetName: 'videos', uri: 'oss://ours', region: 'cn-shanghai' },
  makes: 'CreateBinding',
  removes: 'DeleteBinding',
  steps: (world) => world.served.binding,
  makeBehindTheBack: ({ emulator }) => emulator.createBinding(BINDING.id),
  removeBehindTheBack: ({ emulator }) => emulator.deleteBinding(BINDING.id),
};

export const BUCKET: Link = {
  title: 'mps.OutputBucket',
  id: 'cn-shanghai/ours',
  inputs: { bucket: 'ours', region: 'cn-shanghai' },
  makes: 'BindOutputBucket',
  removes: 'UnbindOutputBucket',
  steps: (world) => world.served.bucket,
  makeBehindTheBack: ({ emulator }) => emulator.bindOutputBucket('ours'),
  removeBehindTheBack: ({ emulator }) => emulator.unbindOutputBucket('ours'),
};

export const LINKS: readonly Link[] = [BINDING, BUCKET];

const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/videos/oss://foreign'];

/** Two links of somebody else, next to ours. */
export function addForeignLinks({ emulator }: LifecycleWorld): void {
  emulator.createBinding('cn-shanghai/media/videos/oss://foreign');
  emulator.bindOutputBucket('foreign');
}

/** Every link there is, but the two of somebody else; what of those two is missing, as `missing: <id>`. */
export function linksBesideForeign({ emulator }: LifecycleWorld): string[] {
  const all = [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link);
  const lost = FOREIGN.filter((id) => !all.includes(id)).map((id) => `missing: ${id}`);
  return [...all.filter((id) => !FOREIGN.includes(id)), ...lost];
}
