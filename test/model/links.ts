import type { Emulator } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';

/** One link that a program may ask for. */
export interface Link {
  /** `imm.DatasetBinding`. */
  readonly title: string;
  /** The id of the resource, and the link of the emulator. */
  readonly id: string;
  readonly inputs: Properties;
  /** Of what can have one only: a second binding of it may be refused. */
  readonly bucket?: string;
  /** The slot that it hangs on. */
  readonly under?: string;
  make(emulator: Emulator): void;
  remove(emulator: Emulator): void;
  /** Somebody else changes what a program says of it. */
  change?(emulator: Emulator): void;
}

const REGION = 'cn-shanghai';

interface Names {
  readonly projectName: string;
  readonly datasetName: string;
}

function binding(names: Names, bucket: string, under?: string): Link {
  const uri = `oss://${bucket}`;
  const id = `${REGION}/${names.projectName}/${names.datasetName}/${uri}`;
  return {
    title: 'imm.DatasetBinding',
    id,
    bucket,
    inputs: { ...names, uri, region: REGION },
    make: (emulator) => emulator.createBinding(id),
    remove: (emulator) => emulator.deleteBinding(id),
    ...(under !== undefined && { under }),
  };
}

function output(bucket: string): Link {
  return {
    title: 'mps.OutputBucket',
    id: `${REGION}/${bucket}`,
    inputs: { bucket, region: REGION },
    make: (emulator) => emulator.bindOutputBucket(bucket),
    remove: (emulator) => emulator.unbindOutputBucket(bucket),
  };
}

function input(bucket: string): Link {
  return {
    title: 'mps.InputBucket',
    id: `${REGION}/input:${bucket}`,
    inputs: { bucket, region: REGION },
    make: (emulator) => emulator.bindInputBucket(bucket),
    remove: (emulator) => emulator.unbindInputBucket(bucket),
  };
}

function project(projectName: string): Link {
  return {
    title: 'imm.Project',
    id: `${REGION}/${projectName}`,
    inputs: { projectName, region: REGION },
    make: (emulator) => emulator.createProject(projectName),
    remove: (emulator) => emulator.deleteProject(projectName),
    change: (emulator) => emulator.changeProject(projectName, { Description: 'theirs' }),
  };
}

function dataset({ projectName, datasetName }: Names, under: string): Link {
  return {
    title: 'imm.Dataset',
    id: `${REGION}/${projectName}/${datasetName}`,
    inputs: { projectName, datasetName, region: REGION },
    under,
    make: (emulator) => emulator.createDataset(projectName, datasetName),
    remove: (emulator) => emulator.deleteDataset(projectName, datasetName),
    change: (emulator) => emulator.changeDataset(projectName, datasetName, { Description: 'theirs' }),
  };
}

function attachment(projectName: string, bucket: string, under: string): Link {
  return {
    title: 'imm.BucketAttachment',
    id: `${REGION}/${projectName}/oss://${bucket}`,
    inputs: { projectName, bucket, region: REGION },
    under,
    make: (emulator) => emulator.attachBucket(projectName, bucket),
    remove: (emulator) => emulator.detachBucket(bucket),
  };
}

const VIDEOS = { projectName: 'media', datasetName: 'videos' };
const SHELF = { projectName: 'library', datasetName: 'shelf' };

/**
 * The resources of a program, by name, each with the links that it may stand for: another one is a replacement. What
 * hangs on another one comes after it.
 */
export const SLOTS = {
  // One bucket in two datasets, which the service may refuse: so the old one has to go first.
  a: [binding(VIDEOS, 'ours-a'), binding({ ...VIDEOS, datasetName: 'archive' }, 'ours-a')],
  b: [binding(VIDEOS, 'ours-b')],
  c: [output('ours-c'), output('ours-c2')],
  d: [output('ours-d')],
  p: [project('library')],
  s: [dataset(SHELF, 'p')],
  e: [binding(SHELF, 'ours-e', 's')],
  t: [attachment('library', 'ours-t', 'p')],
  i: [input('ours-c')],
} as const satisfies Record<string, readonly Link[]>;

export type SlotName = keyof typeof SLOTS;

export const SLOT_NAMES = Object.keys(SLOTS) as SlotName[];

/** Every link that a stack may own, and somebody else may make first. */
export const LINKS: readonly Link[] = Object.values(SLOTS).flat();

/** Links of somebody else, from the beginning to the end. */
export const FOREIGN: readonly Link[] = [binding(VIDEOS, 'foreign'), output('foreign')];

/** What a link hangs on, and what hangs on it. */
export const parentOf = ({ under }: Link): Link | undefined =>
  under === undefined ? undefined : SLOTS[under as SlotName][0];
export const isBelow = (link: Link, above: Link): boolean => {
  for (let one = parentOf(link); one !== undefined; one = parentOf(one)) if (one === above) return true;
  return false;
};

/** Whether the service tells when one was made. Of a registration it does not. */
export const isDated = (title: string): boolean => title.startsWith('imm.');

/** The link that the line of an error names. */
export function idIn(line: string): string {
  return line.replace(/^[a-z]+\.[A-Z]\w+:/, '');
}

/** What a program says of one of its resources. */
export interface Wanted {
  readonly link: Link;
  readonly inputs: Properties;
}

export type Program = ReadonlyMap<string, Wanted>;
