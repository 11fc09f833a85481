import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Emulator,
  FAULT_KINDS,
  FAULTS,
  type Fault,
  type FaultKind,
  type FaultSpec,
  startEmulator,
} from '../../emulator/index.js';
import { adoptLines, Stack } from '../stack.js';
import { leaksIn } from './leaks.js';

/** Milliseconds that the provider waits for a reply. */
const PATIENCE = 1500;
/** Those of the faults that delay something, where it matters how long. */
const DELAYS: Partial<Record<FaultKind, number>> = {
  slow: PATIENCE + 500,
  'late-effect': PATIENCE + 500,
  'stale-reads': 1000,
  'stuck-ready': 1000,
  'stuck-deleting': 1000,
};
/** The answers that end an operation, and the object that never becomes good; below, and in interrupt.test.ts. */
const ENDING: readonly FaultKind[] = ['denied', 'expired', 'clock-skew', 'binding-failed'];
const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/foreign/oss://foreign'];
/** All at once, so that those that wait cost the others nothing. */
const PARALLEL = '--parallel=60';

interface Link {
  readonly id: string;
  readonly program: string;
  readonly kind: FaultKind;
  /** In this order: what looks at this link alone, what makes it, what removes it. */
  readonly looks?: string;
  readonly makes: string;
  readonly removes: string;
}

/** A dataset of its own, so that its reads are its own, too. */
const binding = (kind: FaultKind, name = `b-${kind}`): Link => ({
  id: `cn-shanghai/media/${name}/oss://${name}`,
  program: `new imm.DatasetBinding('${name}', { projectName: 'media', datasetName: '${name}', uri: 'oss://${name}' });`,
  kind,
  looks: 'GetBinding',
  makes: 'CreateBinding',
  removes: 'DeleteBinding',
});

const bucket = (kind: FaultKind, name = `o-${kind}`): Link => ({
  id: `cn-shanghai/${name}`,
  program: `new mps.OutputBucket('${name}', { bucket: '${name}' });`,
  kind,
  makes: 'BindOutputBucket',
  removes: 'UnbindOutputBucket',
});

// Made twice, a link of ours cannot be told from somebody else's: it is refused, and shown with the other endings.
const OVERCOME = FAULT_KINDS.filter((kind) => !ENDING.includes(kind) && kind !== 'effect-twice');
const LINKS = [
  ...OVERCOME.map((kind) => binding(kind)),
  ...OVERCOME.map((kind) => bucket(kind)).filter(({ kind }) =>
    canStrike(kind, ['BindOutputBucket', 'UnbindOutputBucket']),
  ),
];

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 50 });
  emulator.createProject('media');
  emulator.createDataset('media', 'foreign');
  emulator.createBinding('cn-shanghai/media/foreign/oss://foreign');
  emulator.bindOutputBucket('foreign');
  for (const { id } of [...LINKS, ...ENDING.map((kind) => binding(kind))]) {
    const dataset = /^cn-shanghai\/media\/(.+)\/oss:/.exec(id)?.[1];
    if (dataset !== undefined) emulator.createDataset('media', dataset);
  }
  stack = await Stack.make({
    emulator,
    program: LINKS.map(({ program }) => program).join('\n'),
    config: { 'alicloud-media:consistencyWindow': '4', 'alicloud:clientReadTimeout': String(PATIENCE) },
  });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

function canStrike(kind: FaultKind, actions: readonly string[]): boolean {
  const spec: FaultSpec = FAULTS[kind];
  return spec.actions === undefined || spec.actions.some((action) => actions.includes(action));
}

/** Strikes a call of a link with the link's own kind, where that kind can. */
function strike({ id, kind }: Link, action: string | undefined, times: number): void {
  if (action === undefined || !canStrike(kind, [action])) return;
  const delayMs = DELAYS[kind];
  add({ kind, action, link: id, times, ...(delayMs !== undefined && { delayMs }) });
}

/** Strikes calls that all links share. */
function strikeShared(action: string, kinds: readonly FaultKind[]): void {
  for (const kind of kinds) add({ kind, action, times: 1 });
}

function add(fault: Fault): void {
  emulator.addFault(fault);
}

/** The rules are used up with the command: one that struck nothing would prove nothing. */
function expectAllStruck(): void {
  const idle = emulator.faults().filter(({ struck }) => struck === 0);
  expect(idle.map(({ fault }) => `${fault.kind} at ${fault.action} ${fault.link ?? ''}`)).toEqual([]);
  emulator.clearFaults();
}

const inCloud = () => [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link).sort();
const inState = async () => (await stack.links()).map(({ id }) => id).sort();
const withForeign = (links: readonly Link[]) => [...FOREIGN, ...links.map(({ id }) => id)].sort();

it('one up, one refresh and one destroy overcome every kind of fault, each on a link of its own', async () => {
  for (const link of LINKS) {
    strike(link, link.makes, 2);
    strike(link, link.looks, 1);
  }
  strikeShared('GetCallerIdentity', ['effect-then-html-502', 'reset-before-effect']);
  strikeShared('ListAllMediaBucket', ['throttled', 'html-502']);
  await stack.up(PARALLEL);
  expectAllStruck();
  expect(inCloud()).toEqual(withForeign(LINKS));
  expect(await inState()).toEqual(LINKS.map(({ id }) => id).sort());
  await stack.succeed('preview', '--expect-no-changes');

  for (const link of LINKS) strike(link, link.looks, 2);
  strikeShared('GetCallerIdentity', ['throttled', 'effect-then-reply-lost']);
  strikeShared('ListAllMediaBucket', ['effect-then-cut-short', 'hang', 'unavailable-503']);
  await stack.refresh(PARALLEL);
  expectAllStruck();
  expect(await inState()).toEqual(LINKS.map(({ id }) => id).sort());
  await stack.succeed('preview', '--expect-no-changes');

  for (const link of LINKS) {
    strike(link, link.removes, 2);
    strike(link, link.looks, 1);
  }
  strikeShared('GetCallerIdentity', ['unavailable-503', 'empty-body']);
  await stack.destroy(PARALLEL);
  expectAllStruck();
  expect(inCloud()).toEqual(FOREIGN);
  expect(await inState()).toEqual([]);
  expect(emulator.journal().filter(({ link }) => FOREIGN.includes(link))).toEqual([]);
  expect(leaksIn({ printed: stack.printed, journal: emulator.journal() })).toEqual([]);
});

it('what ends an operation ends it with one clear error for each link, and the next run succeeds', async () => {
  const ended = [binding('denied'), binding('clock-skew'), binding('binding-failed'), bucket('effect-twice')];
  stack.write(ended.map(({ program }) => program).join('\n'));
  for (const link of ended) strike(link, link.makes, 1);
  const { code, text } = await stack.run(['up', '--yes', '--skip-preview', '--continue-on-error']);
  expect(code).not.toBe(0);
  expectAllStruck();
  const [told = ''] = text.split('Diagnostics:').slice(1);
  const errors = [...told.matchAll(/(?:error: |\* )cannot create \S+ (\S+): (.*)/g)].map(
    ([, id, why]) => `${id}: ${why}`,
  );
  expect(errors.sort(), text).toEqual([
    expect.stringMatching(
      /^cn-shanghai\/media\/b-binding-failed\/.*State Failed.*the next `pulumi up` replaces it/,
    ),
    expect.stringMatching(
      /^cn-shanghai\/media\/b-clock-skew\/.*InvalidTimeStamp\.Expired.*Set the clock of this machine/,
    ),
    expect.stringMatching(/^cn-shanghai\/media\/b-denied\/.*AccessDenied.*Give the caller the RAM actions/),
    expect.stringMatching(/^cn-shanghai\/o-effect-twice: it exists already and is not in this stack/),
  ]);
  expect(adoptLines(text)).toEqual(['cn-shanghai/o-effect-twice']);

  const next = await stack.run(['up', '--yes', '--skip-preview'], {
    ALICLOUD_MEDIA_ADOPT: adoptLines(text).join(','),
  });
  expect(next.code, next.text).toBe(0);
  expect(inCloud()).toEqual(withForeign(ended));
  await stack.destroy();
  expect(inCloud()).toEqual(FOREIGN);
});

it('where the listing of media buckets is cut off, a lost reply is not overcome: docs/reliability.md has the recipes', async () => {
  for (let number = 0; number < 100; number++) emulator.bindInputBucket(`earlier-${number}`);
  const unseen = bucket('effect-then-reply-lost', 'unseen');
  stack.write(unseen.program);
  strike(unseen, unseen.makes, 1);
  const refused = await stack.fail(['up', '--yes', '--skip-preview']);
  expect(adoptLines(refused)).toEqual([unseen.id]);
  const taken = await stack.run(['up', '--yes', '--skip-preview'], { ALICLOUD_MEDIA_ADOPT: unseen.id });
  expect(taken.code, taken.text).toBe(0);

  expect(await stack.refresh()).toContain(
    `${unseen.id}: not in the listing, which may be cut off, so it is kept`,
  );
  expect(await inState()).toEqual([unseen.id]);

  strike(unseen, unseen.removes, 1);
  const destroyed = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(destroyed).toContain('Bucket.NotBind');
  expectAllStruck();
  expect(emulator.mediaBuckets().map(({ link }) => link)).not.toContain(unseen.id);
  // It is gone, and nothing proves it: so it stays in the state, until a person who has looked takes it out.
  expect(await inState()).toEqual([unseen.id]);
  await stack.fail(['destroy', '--yes', '--skip-preview']);
  const [{ urn = '' } = {}] = await stack.links();
  await stack.succeed('state', 'delete', urn, '--yes');
  await stack.destroy();
});
