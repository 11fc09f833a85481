import type { AsyncCommand } from 'fast-check';
import type { Fault } from '../../emulator/index.js';
import type { Disturbance } from './disturbance.js';
import {
  isBelow,
  LINKS,
  type Link,
  linkOf,
  type Program,
  parentOf,
  SLOT_NAMES,
  SLOTS,
  type SlotName,
  type Wanted,
} from './links.js';
import type { Session } from './session.js';

/** The model is the session's own book of who made what: nothing more has to be guessed. */
export type Model = Record<string, never>;

type Command = AsyncCommand<Model, Session>;

/** What a program says of one resource. */
export interface Choice {
  readonly link?: number;
  readonly adopt?: boolean;
  readonly skipAwait?: boolean;
  readonly timeouts?: boolean;
  /** Of what is updated in place, another text. */
  readonly anew?: boolean;
}

export type Choices = { readonly [name in SlotName]?: Choice | undefined };

/** A disturbance as it is drawn: what is absent does not happen. */
export interface Trouble {
  readonly faults?: readonly Fault[] | undefined;
  readonly kill?: Disturbance['kill'];
}

const SHORT = { create: '40s', update: '40s', delete: '40s' };

export function programOf(choices: Choices): Program {
  const program = new Map<string, Wanted>();
  for (const name of SLOT_NAMES) {
    const choice = choices[name];
    if (choice == null) continue;
    const links: readonly Link[] = SLOTS[name];
    const link = links[(choice.link ?? 0) % links.length];
    // What hangs on another one is in no program without it.
    if (link === undefined || (link.under !== undefined && !program.has(link.under))) continue;
    const inputs = {
      ...link.inputs,
      ...(choice.adopt && { adopt: true }),
      ...(choice.skipAwait && link.bucket !== undefined && { skipAwait: true }),
      ...(link.change && { description: choice.anew ? 'Said anew' : 'Said first' }),
      ...(choice.timeouts && { customTimeouts: SHORT }),
    };
    program.set(name, { link, inputs });
  }
  return program;
}

abstract class Shown {
  /** fast-check prints this, and a regression test can be written from it. */
  abstract readonly said: readonly unknown[];

  toString(): string {
    return `new ${this.constructor.name}(${this.said.map((one) => JSON.stringify(one)).join(', ')})`;
  }
}

const disturbance = ({ faults, kill }: Trouble): Disturbance => ({ faults: faults ?? [], kill });

export class Up extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(
    readonly choices: Choices,
    readonly trouble: Trouble = {},
    readonly takeOver = false,
  ) {
    super();
    this.said = [choices, trouble, takeOver];
  }
  check = () => true;
  async run(_: Model, session: Session): Promise<void> {
    await session.up(programOf(this.choices), disturbance(this.trouble), this.takeOver);
  }
}

/** The same program again. */
export class UpAgain extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(
    readonly trouble: Trouble = {},
    readonly takeOver = false,
  ) {
    super();
    this.said = [trouble, takeOver];
  }
  check = () => true;
  async run(_: Model, session: Session): Promise<void> {
    await session.up(session.program, disturbance(this.trouble), this.takeOver);
  }
}

export class Refresh extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(readonly trouble: Trouble = {}) {
    super();
    this.said = [trouble];
  }
  check = () => true;
  async run(_: Model, session: Session): Promise<void> {
    await session.refresh(disturbance(this.trouble));
  }
}

export class Destroy extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(readonly trouble: Trouble = {}) {
    super();
    this.said = [trouble];
  }
  check = () => true;
  async run(_: Model, session: Session): Promise<void> {
    await session.destroy(disturbance(this.trouble));
  }
}

export const CHANGES = ['remove', 'make', 'remake', 'stop', 'fail', 'resume'] as const;

/** Somebody else changes the n-th of the links that are there, or makes the n-th of those that are not. */
export class BehindTheBack extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(
    readonly change: (typeof CHANGES)[number],
    readonly nth: number,
  ) {
    super();
    this.said = [change, nth];
  }
  check = () => true;
  async run(_: Model, session: Session): Promise<void> {
    const { emulator } = session.world;
    const { cloud } = session.book;
    const isThere = (link: Link) => cloud.find(link.id) !== undefined;
    // Nobody deletes what holds something, and nothing is made where there is nothing to hold it.
    const isFree = (link: Link) => !LINKS.some((other) => isBelow(other, link) && isThere(other));
    const isHeld = (link: Link) => isThere(parentOf(link) ?? link);
    const fit = LINKS.filter((link) =>
      this.change === 'make'
        ? !isThere(link) && (parentOf(link) === undefined || isHeld(link))
        : isThere(link) && (!/^rem/.test(this.change) || isFree(link)),
    );
    const link = fit[this.nth % fit.length];
    if (link === undefined || (this.change === 'make' && isExcluded(session, link))) return;
    if (this.change === 'remove' || this.change === 'remake')
      session.behindTheBack(() => link.remove(emulator));
    if (this.change === 'make' || (this.change === 'remake' && !isExcluded(session, link)))
      session.behindTheBack(() => link.make(emulator));
    if (this.change === 'stop') link.change?.(emulator);
    if (link.bucket === undefined) return;
    if (this.change === 'stop') emulator.stopBinding(link.id);
    if (this.change === 'fail') emulator.failBinding(link.id, 'start oss tunnel failed');
    if (this.change === 'resume') emulator.resumeBinding(link.id);
  }
}

/** Whether the service would refuse this binding for the sake of another of the same bucket. */
export function isExcluded({ book: { cloud }, world }: Session, link: Link): boolean {
  if (link.bucket === undefined || world.emulator.switches.bucketInSeveralDatasets === 'allowed')
    return false;
  return cloud.live().some((other) => other.bucket === link.bucket && other.id !== link.id);
}

export class Pass extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(readonly seconds: number) {
    super();
    this.said = [seconds];
  }
  check = () => true;
  async run(_: Model, { world }: Session): Promise<void> {
    world.clock.advance(this.seconds * 1_000);
  }
}

/** The state was written by an older version, which did not have these outputs. */
export class WrittenByOlder extends Shown implements Command {
  readonly said: readonly unknown[];
  constructor(readonly missing: readonly string[]) {
    super();
    this.said = [missing];
  }
  check = () => true;
  async run(_: Model, { engine }: Session): Promise<void> {
    for (const [slot, kept] of engine.state) {
      // It had these two alone.
      if (!['imm.DatasetBinding', 'mps.OutputBucket'].includes(kept.title)) continue;
      const left = Object.entries(kept.outputs).filter(([name]) => !this.missing.includes(name));
      engine.state.set(slot, { ...kept, outputs: Object.fromEntries(left) });
    }
  }
}

/** In the end everything can be brought in order, and then nothing of ours is left and nothing of theirs is gone. */
export async function endWell(session: Session): Promise<void> {
  const { engine } = session;
  const { cloud, lost } = session.book;
  session.world.clock.advance(61_000);
  const program = new Map<string, Wanted>();
  for (const id of lost) {
    const link = linkOf(id);
    if (link) program.set(`lost ${id}`, { link, inputs: link.inputs });
  }
  // What others made below what is ours would keep it: somebody has to take it away.
  const owned = [
    ...[...session.program.values()].map(({ link }) => link.id),
    ...[...engine.state.values()].map(({ id }) => id),
  ];
  const isOurs = (id: string) => lost.has(id) || owned.includes(id);
  const theirs = () => cloud.live().filter((link) => cloud.ownerOf(link) === 'theirs');
  for (const { id } of theirs().reverse()) {
    const link = linkOf(id);
    const isInTheWay = link !== undefined && LINKS.some((above) => isBelow(link, above) && isOurs(above.id));
    if (isInTheWay) session.behindTheBack(() => link.remove(session.world.emulator));
  }
  const taken = new Set(theirs().map(({ id }) => id));
  const buckets = new Set(
    [...theirs(), ...[...program.values()].map(({ link }) => link)].flatMap(({ bucket }) => bucket ?? []),
  );
  const isFree = ({ id, bucket }: Link) =>
    !taken.has(id) && !lost.has(id) && (bucket === undefined || !buckets.has(bucket));
  for (const [slot, wanted] of session.program) if (isFree(wanted.link)) program.set(slot, wanted);

  // What a lost one hangs on stays.
  for (const [slot, { id, inputs }] of engine.state) {
    const link = linkOf(id);
    const isAbove = link !== undefined && [...lost].some((one) => isBelow(linkOf(one) ?? link, link));
    if (isAbove && !program.has(slot)) program.set(slot, { link, inputs });
  }

  // Each may print one more line, or say that a refresh is due, or what failed and is replaced by the next.
  for (let tries = lost.size + 4; ; tries--) {
    const { failures } = await session.up(program, { faults: [] }, true);
    if (failures.length === 0) break;
    if (tries === 0) throw new Error(`the stack cannot be brought in order: ${JSON.stringify(failures)}`);
    if (failures.some(({ message }) => /pulumi refresh|not found in/.test(message))) await refreshed(session);
  }
  if (lost.size > 0) throw new Error(`still lost: ${[...lost].join()}`);
  await refreshed(session);
  await expectSuccess('refresh', session.refresh());
  await expectSuccess('destroy', session.destroy());
  if (engine.state.size > 0) throw new Error('the destroy left something in the state');
  const left = cloud.live().filter((link) => cloud.ownerOf(link) === 'ours');
  if (left.length > 0) throw new Error(`the destroy left ${left.map(({ id }) => id).join()}`);
}

/** What hung on something that somebody else has deleted leaves the state as the error says: nothing proves it gone. */
async function refreshed(session: Session): Promise<void> {
  const { failures } = await session.refresh();
  for (const { slot, message } of failures) {
    const id = session.engine.state.get(slot)?.id ?? '';
    if (!message.includes('remove the resource with `pulumi state delete`')) continue;
    if (session.book.cloud.find(id) === undefined) session.engine.state.delete(slot);
  }
}

async function expectSuccess(
  name: string,
  command: Promise<{ failures: readonly unknown[] }>,
): Promise<void> {
  const { failures } = await command;
  if (failures.length > 0) throw new Error(`the ${name} failed: ${JSON.stringify(failures)}`);
}
