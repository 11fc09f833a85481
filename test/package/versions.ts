import type { Host } from '../support/cli/stack.js';

/** A version of the package as users had it: what wrote the states in `states/`, and the code that wrote them. */
export interface Version {
  /** States are `states/<name>.<host>.json`. */
  readonly name: string;
  /** From which it is built, to be driven as users drove it. */
  readonly commit: string;
  /** Those that it had. */
  readonly hosts: readonly Host[];
  /** Whether it had projects, datasets, attachments and input buckets. */
  readonly hasObjects: boolean;
}

/** The oldest first, and only ever added to. Until something is published, these are the ones whose states differ. */
export const VERSIONS: readonly Version[] = [
  {
    name: '0.1.0',
    commit: '4ef4295a2fdcd09ff8dd891d97c032d30286216e',
    hosts: ['dynamic'],
    hasObjects: false,
  },
  {
    name: '0.1.0-before-objects',
    commit: '1eb5b272287b618e5df250576d111ba7305e9fb6',
    hosts: ['dynamic', 'plugin'],
    hasObjects: false,
  },
  {
    name: '0.1.0-objects',
    commit: '63f7d3fc850155b62131e58a88f59c296387fdb4',
    hosts: ['dynamic', 'plugin'],
    hasObjects: true,
  },
];

/** The program that the states were recorded with, by what a version has. */
export function programOf({ hasObjects }: Pick<Version, 'hasObjects'>): string {
  const links = `
new imm.DatasetBinding(
  'videos',
  { projectName: 'media', datasetName: 'videos', uri: 'oss://originals', skipAwait: true },
  { customTimeouts: { delete: '30m' } },
);
new mps.OutputBucket('renditions', { bucket: 'renditions', adopt: true });`;
  const objects = `
const library = new imm.Project('library', { projectName: 'library', adopt: true });
const { projectName } = library;
new imm.Dataset('clips', { projectName, datasetName: 'clips', adopt: true });
new imm.BucketAttachment('attached', { projectName, bucket: 'attached', adopt: true });
new mps.InputBucket('originals', { bucket: 'originals', adopt: true });`;
  return hasObjects ? `${links}${objects}` : links;
}
