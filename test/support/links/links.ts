import type { ResourceDescription } from '../../../provider/lifecycle/description.js';
import { adoptedBy } from '../../../provider/lifecycle/ids.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';
import { lifecycleOf } from '../lifecycle/lifecycle-of.js';
import type { LifecycleWorld } from '../lifecycle/lifecycle-world.js';
import type { Served } from '../lifecycle/served.js';
import {
  attachment,
  binding,
  dataset,
  inputBucket,
  type OneLink,
  outputBucket,
  project,
} from './one-link.js';

/** One link of a resource, and what its description says of it. */
export interface Link extends OneLink {
  readonly description: ResourceDescription;
  /** The line that takes it over says this. */
  readonly adoptedBy: string;
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
}

/** What is called how in requests stands in the description. */
function link(own: OneLink, optional: Properties = {}): Link {
  const { title, id, inputs } = own;
  const { description } = lifecycleOf(title);
  const named = [...description.idFormat.matchAll(/\{(\w+)\}/g)].at(-1)?.[1] ?? '';
  return {
    ...own,
    description,
    adoptedBy: adoptedBy(description, id),
    named,
    another: (name) => ({ ...inputs, [named]: String(inputs[named]).replace('ours', name) }),
    optional: { adopt: true, ...optional },
    makes: description.calls.make,
    removes: description.calls.remove,
    looks: description.calls.reads,
    isDated: 'createTime' in description.outputs,
    steps: (world) => world.served.of(title),
  };
}

/** Whether an action changes something: each of the one table says which of its actions do. */
export const isMutating = (action: string): boolean =>
  LINKS.some(({ description: { calls } }) =>
    [calls.make, calls.update, calls.remove, calls.clear].includes(action),
  );

/** What a program may say of a link so that its create does not wait. */
export const unawaited = ({ description }: Link): Properties =>
  'skipAwait' in description.args ? { skipAwait: true } : {};

export const BINDING = link(binding({ projectName: 'media', datasetName: 'videos' }, 'ours'), {
  skipAwait: true,
});

export const BUCKET = link(outputBucket('ours'));

/** One of each resource of the package. What they hang on is the project `media` and its dataset `videos`. */
export const LINKS: readonly Link[] = [
  BINDING,
  BUCKET,
  link(project('ours'), { serviceRole: 'AnotherRole', datasetMaxTotalFileSize: '9223372036854775807' }),
  link(dataset({ projectName: 'media', datasetName: 'ours' }), {
    templateId: 'Official:ImageManagement',
    forceDestroy: true,
  }),
  link(attachment('media', 'ours')),
  link(inputBucket('ours')),
];

/** The one of `imm.Dataset` and the like. */
export function linkOf(title: string): Link {
  const found = LINKS.find((one) => one.title === title);
  if (found === undefined) throw new Error(`the table has no ${title}`);
  return found;
}
