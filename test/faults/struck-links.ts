import { FAULT_KINDS, FAULTS, type FaultKind, type FaultSpec } from '../../emulator/index.js';
import { outputBucket, type Resource } from '../plugin/yaml-stack.js';

/** Milliseconds that the provider waits for a reply. */
export const PATIENCE = 1500;
/** Those of the faults that delay something, where it matters how long. */
export const DELAYS: Partial<Record<FaultKind, number>> = {
  slow: PATIENCE + 500,
  'late-effect': PATIENCE + 500,
  'stale-reads': 1000,
  'stuck-ready': 1000,
  'stuck-deleting': 1000,
};
/** The answers that end an operation, and the object that never becomes good; in engine.test.ts, and interrupt.test.ts. */
export const ENDING: readonly FaultKind[] = ['denied', 'expired', 'clock-skew', 'binding-failed'];
/** Links of somebody else, which nothing here may touch. */
export const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/foreign/oss://foreign'];

export interface StruckLink {
  readonly id: string;
  /** In a program in Node, and in one in YAML. */
  readonly program: string;
  readonly resource: Resource;
  readonly kind: FaultKind;
  /** What looks at this link alone: the listing of its dataset. */
  readonly looks?: { readonly action: string; readonly link: string };
  readonly makes: string;
  readonly removes: string;
}

/** A dataset of its own, so that its reads are its own, too. */
export const binding = (kind: FaultKind, name = `b-${kind}`): StruckLink => ({
  id: `cn-shanghai/media/${name}/oss://${name}`,
  program: `new imm.DatasetBinding('${name}', { projectName: 'media', datasetName: '${name}', uri: 'oss://${name}' });`,
  resource: {
    type: 'alicloud-media:imm:DatasetBinding',
    properties: { projectName: 'media', datasetName: name, uri: `oss://${name}` },
  },
  kind,
  looks: { action: 'ListBindings', link: `cn-shanghai/media/${name}` },
  makes: 'CreateBinding',
  removes: 'DeleteBinding',
});

export const bucket = (kind: FaultKind, name = `o-${kind}`): StruckLink => ({
  id: `cn-shanghai/${name}`,
  program: `new mps.OutputBucket('${name}', { bucket: '${name}' });`,
  resource: outputBucket(name),
  kind,
  makes: 'BindOutputBucket',
  removes: 'UnbindOutputBucket',
});

// Made twice, a link of ours cannot be told from somebody else's: it is refused, and shown with the other endings.
const OVERCOME = FAULT_KINDS.filter((kind) => !ENDING.includes(kind) && kind !== 'effect-twice');
export const LINKS = [
  ...OVERCOME.map((kind) => binding(kind)),
  ...OVERCOME.map((kind) => bucket(kind)).filter(({ kind }) =>
    canStrike(kind, ['BindOutputBucket', 'UnbindOutputBucket']),
  ),
];

export function canStrike(kind: FaultKind, actions: readonly string[]): boolean {
  const spec: FaultSpec = FAULTS[kind];
  return spec.actions === undefined || spec.actions.some((action) => actions.includes(action));
}
