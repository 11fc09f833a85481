import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { lifecycleOf } from '../lifecycle-of.js';
import type { LifecycleWorld } from '../lifecycle-world.js';
import { linksIn } from '../links-in.js';
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

type Cloud = LifecycleWorld['emulator'];

/** One link of a resource, by its title: what it is called in requests stands in its description. */
function member(
  title: string,
  inputs: Properties,
  makeBy: (cloud: Cloud) => void,
  removeBy: (cloud: Cloud) => void,
): Link {
  const { description, idOf } = lifecycleOf(title);
  return {
    title,
    id: idOf(inputs),
    inputs,
    makes: description.calls.make,
    removes: description.calls.remove,
    steps: (world) => world.served.of(title),
    makeBehindTheBack: ({ emulator }) => makeBy(emulator),
    removeBehindTheBack: ({ emulator }) => removeBy(emulator),
  };
}

const region = 'cn-shanghai';

export const BINDING = member(
  'imm.DatasetBinding',
  { projectName: 'media', datasetName: 'videos', uri: 'oss://ours', region },
  (cloud) => cloud.createBinding('cn-shanghai/media/videos/oss://ours'),
  (cloud) => cloud.deleteBinding('cn-shanghai/media/videos/oss://ours'),
);

export const BUCKET = member(
  'mps.OutputBucket',
  { bucket: 'ours', region },
  (cloud) => cloud.bindOutputBucket('ours'),
  (cloud) => cloud.unbindOutputBucket('ours'),
);

export const LINKS: readonly Link[] = [BINDING, BUCKET];

/** What holds the links, and what is like them. */
export const FAMILY: readonly Link[] = [
  member(
    'imm.Project',
    { projectName: 'ours', region },
    (cloud) => cloud.createProject('ours'),
    (cloud) => cloud.deleteProject('ours'),
  ),
  member(
    'imm.Dataset',
    { projectName: 'media', datasetName: 'ours', region },
    (cloud) => cloud.createDataset('media', 'ours'),
    (cloud) => cloud.deleteDataset('media', 'ours'),
  ),
  member(
    'imm.BucketAttachment',
    { projectName: 'media', bucket: 'ours', region },
    (cloud) => cloud.attachBucket('media', 'ours'),
    (cloud) => cloud.detachBucket('ours'),
  ),
  member(
    'mps.InputBucket',
    { bucket: 'ours', region },
    (cloud) => cloud.bindInputBucket('ours'),
    (cloud) => cloud.unbindInputBucket('ours'),
  ),
];

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
  const all = linksIn(emulator).filter((id) => !HOLDING.test(id));
  const lost = FOREIGN.filter((id) => !all.includes(id)).map((id) => `missing: ${id}`);
  return [...all.filter((id) => !FOREIGN.includes(id)), ...lost];
}
