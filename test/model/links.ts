import type { Emulator } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import {
  attachment,
  binding,
  dataset,
  inputBucket,
  type Names,
  type OneLink,
  outputBucket,
  project,
} from '../support/links/one-link.js';

/** One link that a program may ask for. */
export interface Link extends OneLink {
  /** Of what can have one only: a second binding of it may be refused. */
  readonly bucket?: string;
  /** The slot that it hangs on. */
  readonly under?: string;
  /** Somebody else changes what a program says of it. */
  change?(emulator: Emulator): void;
}

const bound = (names: Names, bucket: string): Link => ({ ...binding(names, bucket), bucket });

const VIDEOS = { projectName: 'media', datasetName: 'videos' };
const SHELF = { projectName: 'library', datasetName: 'shelf' };

/**
 * The resources of a program, by name, each with the links that it may stand for: another one is a replacement. What
 * hangs on another one comes after it.
 */
export const SLOTS = {
  // One bucket in two datasets, which the service may refuse: so the old one has to go first.
  a: [bound(VIDEOS, 'ours-a'), bound({ ...VIDEOS, datasetName: 'archive' }, 'ours-a')],
  b: [bound(VIDEOS, 'ours-b')],
  c: [outputBucket('ours-c'), outputBucket('ours-c2')],
  d: [outputBucket('ours-d')],
  p: [
    {
      ...project('library'),
      change: (emulator) => emulator.changeProject('library', { Description: 'theirs' }),
    },
  ],
  s: [
    {
      ...dataset(SHELF),
      under: 'p',
      change: (emulator) => emulator.changeDataset('library', 'shelf', { Description: 'theirs' }),
    },
  ],
  e: [{ ...bound(SHELF, 'ours-e'), under: 's' }],
  t: [{ ...attachment('library', 'ours-t'), under: 'p' }],
  i: [inputBucket('ours-c')],
} as const satisfies Record<string, readonly Link[]>;

export type SlotName = keyof typeof SLOTS;

export const SLOT_NAMES = Object.keys(SLOTS) as SlotName[];

/** Every link that a stack may own, and somebody else may make first. */
export const LINKS: readonly Link[] = Object.values(SLOTS).flat();

/** Links of somebody else, from the beginning to the end. */
export const FOREIGN: readonly Link[] = [bound(VIDEOS, 'foreign'), outputBucket('foreign')];

export const linkOf = (id: string): Link | undefined => LINKS.find((link) => link.id === id);

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
