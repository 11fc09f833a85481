import type { Properties } from '../../provider/lifecycle/lifecycle.js';

/** One link that a program may ask for. */
export interface Link {
  readonly kind: 'binding' | 'bucket';
  /** The id of the resource, and the link of the emulator. */
  readonly id: string;
  readonly bucket: string;
  readonly inputs: Properties;
}

const REGION = 'cn-shanghai';

function binding(datasetName: string, bucket: string): Link {
  const uri = `oss://${bucket}`;
  const inputs = { projectName: 'media', datasetName, uri, region: REGION };
  return { kind: 'binding', id: `${REGION}/media/${datasetName}/${uri}`, bucket, inputs };
}

function output(bucket: string): Link {
  return { kind: 'bucket', id: `${REGION}/${bucket}`, bucket, inputs: { bucket, region: REGION } };
}

/** The resources of a program, by name, each with the links that it may stand for: another one is a replacement. */
export const SLOTS = {
  // One bucket in two datasets, which the service may refuse: so the old one has to go first.
  a: [binding('videos', 'ours-a'), binding('archive', 'ours-a')],
  b: [binding('videos', 'ours-b')],
  c: [output('ours-c'), output('ours-c2')],
  d: [output('ours-d')],
} as const satisfies Record<string, readonly Link[]>;

export type SlotName = keyof typeof SLOTS;

export const SLOT_NAMES = Object.keys(SLOTS) as SlotName[];

/** Every link that a stack may own, and somebody else may make first. */
export const LINKS: readonly Link[] = Object.values(SLOTS).flat();

/** Links of somebody else, from the beginning to the end. */
export const FOREIGN: readonly Link[] = [binding('videos', 'foreign'), output('foreign')];

/** What a program says of one of its resources. */
export interface Wanted {
  readonly link: Link;
  readonly inputs: Properties;
}

export type Program = ReadonlyMap<string, Wanted>;
