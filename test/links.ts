import type { Emulator } from '../emulator/index.js';
import type { ResourceDescription } from '../provider/lifecycle/description.js';
import { adoptedBy } from '../provider/lifecycle/ids.js';
import type { Properties } from '../provider/lifecycle/lifecycle.js';
import { lifecycleOf } from './lifecycle-of.js';
import type { LifecycleWorld } from './lifecycle-world.js';
import type { Served } from './served.js';

/** One link of a resource, and the ways to it that are not ours. */
export interface Link {
  readonly title: string;
  readonly description: ResourceDescription;
  readonly id: string;
  /** The line that takes it over says this. */
  readonly adoptedBy: string;
  readonly inputs: Properties;
  /** The argument by which it is another one. */
  readonly named: string;
  /** The inputs of another one of its kind. */
  another(name: string): Properties;
  /** Arguments that a program may say, and take back, without another link. */
  readonly optional: Properties;
  readonly makes: string;
  readonly removes: string;
  /** The actions that look at it. */
  readonly looks: readonly string[];
  /** Whether the service tells when it was made, and so whose it is. */
  readonly isDated: boolean;
  steps(world: LifecycleWorld): Served;
  make(emulator: Emulator): void;
  remove(emulator: Emulator): void;
}

const REGION = 'cn-shanghai';

interface Own {
  readonly id: string;
  readonly inputs: Properties;
  readonly optional?: Properties;
  make(emulator: Emulator): void;
  remove(emulator: Emulator): void;
}

/** What is called how in requests stands in the description. */
function link(title: string, { id, inputs, optional = {}, make, remove }: Own): Link {
  const { description } = lifecycleOf(title);
  const named = [...description.idFormat.matchAll(/\{(\w+)\}/g)].at(-1)?.[1] ?? '';
  return {
    title,
    description,
    id,
    adoptedBy: adoptedBy(description, id),
    inputs: { ...inputs, region: REGION },
    named,
    another: (name) => ({ ...inputs, [named]: String(inputs[named]).replace('ours', name), region: REGION }),
    optional: { adopt: true, ...optional },
    makes: description.calls.make,
    removes: description.calls.remove,
    looks: description.calls.reads,
    isDated: 'createTime' in description.outputs,
    steps: (world) => world.served.of(title),
    make,
    remove,
  };
}

/** Whether an action changes something: each of the one table says which of its actions do. */
export const isMutating = (action: string): boolean =>
  LINKS.some(({ description: { calls } }) => [calls.make, calls.update, calls.remove].includes(action)) ||
  action === 'BatchDeleteFileMeta';

/** What a program may say of a link so that its create does not wait. */
export const unawaited = ({ description }: Link): Properties =>
  'skipAwait' in description.args ? { skipAwait: true } : {};

export const BINDING = link('imm.DatasetBinding', {
  id: 'cn-shanghai/media/videos/oss://ours',
  inputs: { projectName: 'media', datasetName: 'videos', uri: 'oss://ours' },
  optional: { skipAwait: true },
  make: (emulator) => emulator.createBinding('cn-shanghai/media/videos/oss://ours'),
  remove: (emulator) => emulator.deleteBinding('cn-shanghai/media/videos/oss://ours'),
});

export const BUCKET = link('mps.OutputBucket', {
  id: 'cn-shanghai/ours',
  inputs: { bucket: 'ours' },
  make: (emulator) => emulator.bindOutputBucket('ours'),
  remove: (emulator) => emulator.unbindOutputBucket('ours'),
});

/** One of each resource of the package. What they hang on is the project `media` and its dataset `videos`. */
export const LINKS: readonly Link[] = [
  BINDING,
  BUCKET,
  link('imm.Project', {
    id: 'cn-shanghai/ours',
    inputs: { projectName: 'ours' },
    optional: { serviceRole: 'AnotherRole', datasetMaxTotalFileSize: '9223372036854775807' },
    make: (emulator) => emulator.createProject('ours'),
    remove: (emulator) => emulator.deleteProject('ours'),
  }),
  link('imm.Dataset', {
    id: 'cn-shanghai/media/ours',
    inputs: { projectName: 'media', datasetName: 'ours' },
    optional: { templateId: 'Official:ImageManagement', forceDestroy: true },
    make: (emulator) => emulator.createDataset('media', 'ours'),
    remove: (emulator) => emulator.deleteDataset('media', 'ours'),
  }),
  link('imm.BucketAttachment', {
    id: 'cn-shanghai/media/oss://ours',
    inputs: { projectName: 'media', bucket: 'ours' },
    make: (emulator) => emulator.attachBucket('media', 'ours'),
    remove: (emulator) => emulator.detachBucket('ours'),
  }),
  link('mps.InputBucket', {
    id: 'cn-shanghai/input:ours',
    inputs: { bucket: 'ours' },
    make: (emulator) => emulator.bindInputBucket('ours'),
    remove: (emulator) => emulator.unbindInputBucket('ours'),
  }),
];

/** The one of `imm.Dataset` and the like. */
export function linkOf(title: string): Link {
  const found = LINKS.find((one) => one.title === title);
  if (found === undefined) throw new Error(`the table has no ${title}`);
  return found;
}
