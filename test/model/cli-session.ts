import { type Boundary, type Emulator, type Fault, startEmulator } from '../../emulator/index.js';
import { doubtOf } from '../../provider/lifecycle/standing.js';
import { leaksIn } from '../faults/leaks.js';
import { YamlStack } from '../plugin/yaml-stack.js';
import { processesBelow } from '../support/cli/processes.js';
import { adoptLines, type Host, type Run, Stack } from '../support/cli/stack.js';
import { Book, type Recorded } from './book.js';
import { type LiveLink, means } from './cloud.js';
import { FOREIGN, idIn, isBelow, isDated, LINKS, type Link, parentOf } from './links.js';

export type CliCommand = 'up' | 'refresh' | 'destroy';

/** A request, and where on its way. */
interface Moment {
  readonly boundary: Boundary;
  readonly skip: number;
}

/** What goes wrong while a command of the CLI runs: a fault that strikes once, or a kill or one Ctrl-C at a request. */
export interface CliTrouble {
  readonly fault?: Fault | undefined;
  readonly kill?: Moment | undefined;
  readonly interrupt?: Moment | undefined;
}

/** What the engine says when it has taken Ctrl-C. */
const TAKEN = '^C received; cancelling';

/** One stack on the real CLI, and the same book of who made what as on the lifecycles alone. */
export class CliSession {
  program: readonly Link[] = [];
  readonly printed = new Set<string>();
  readonly book: Book;

  private constructor(
    readonly emulator: Emulator,
    readonly stack: Stack,
    readonly write: (program: readonly Link[]) => void,
  ) {
    this.book = new Book(emulator);
  }

  /** On the plugin the programs are in YAML: they take less time than those in Node. */
  static async start(host: Host): Promise<CliSession> {
    const emulator = await startEmulator();
    emulator.createProject('media');
    for (const name of ['videos', 'archive']) emulator.createDataset('media', name);
    for (const link of FOREIGN) link.make(emulator);
    if (host === 'plugin') {
      const yaml = await YamlStack.make({ emulator });
      return new CliSession(emulator, yaml.stack, (program) =>
        yaml.declare(Object.fromEntries(program.map(resourceOf))),
      );
    }
    const stack = await Stack.make({ emulator, program: '', resident: true });
    return new CliSession(emulator, stack, (program) => stack.write(program.map(textOf).join('\n')));
  }

  async close(): Promise<void> {
    this.stack.remove();
    await this.emulator.close();
  }

  async up(program: readonly Link[], trouble: CliTrouble = {}, takeOver = false): Promise<Run> {
    this.program = program;
    this.write(program);
    return this.command('up', trouble, takeOver);
  }

  async command(name: CliCommand, trouble: CliTrouble = {}, takeOver = false): Promise<Run> {
    const { emulator, stack, book } = this;
    emulator.clearJournal();
    const before = { state: await this.#state(), live: book.cloud.live() };
    const adoptable = new Set(takeOver ? this.printed : []);
    if (trouble.fault) emulator.addFault(trouble.fault);
    const { run, killed, interrupted } = await this.#run(name, trouble, {
      ALICLOUD_MEDIA_ADOPT: [...adoptable].join(','),
    });
    emulator.clearFaults();
    // A file backend stays locked after a kill.
    if (killed) await stack.unlock();

    const state = await this.#state();
    const problems = book.weActed(before, state, new Set([...adoptable].map(idIn)), killed);
    const printed = adoptLines(run.text);
    for (const id of printed) this.printed.add(id);
    // Of a destroy that was interrupted the engine may say 0.
    if (run.code === 0 && !killed && !interrupted) problems.push(...this.#succeeded(name, state));
    const mayFail = killed || interrupted || trouble.fault?.kind === 'denied';
    if (run.code !== 0 && !mayFail && !isTaken(printed.map(idIn), before) && !isHeld(run.text, before))
      problems.push('not allowed to fail');
    problems.push(...leaksIn({ printed: run.text, journal: emulator.journal(), state }));
    if (problems.length > 0) throw new Error(`after ${name}:\n${problems.join('\n')}\n${run.text}`);
    return run;
  }

  /** Somebody else removes a link, makes it, or both. */
  behindTheBack(link: Link, remove: boolean, makeAnew: boolean): void {
    const { emulator, book } = this;
    const isThere = () => book.cloud.find(link.id) !== undefined;
    const above = parentOf(link);
    const isHolding = LINKS.some((other) => isBelow(other, link) && book.cloud.find(other.id) !== undefined);
    const isHeld = above === undefined || book.cloud.find(above.id) !== undefined;
    if (remove && isThere() && !isHolding) link.remove(emulator);
    if (makeAnew && !isThere() && isHeld) link.make(emulator);
    book.othersActed();
  }

  /** In the end everything can be brought in order, and then nothing of ours is left. */
  async endWell(): Promise<void> {
    const { cloud, lost } = this.book;
    const isTheirs = (link: Link) => {
      const found = cloud.find(link.id);
      return found !== undefined && cloud.ownerOf(found) === 'theirs';
    };
    const wanted = LINKS.filter((link) => lost.has(link.id) || this.program.includes(link));
    const ids = (await this.#state()).map(({ id }) => id);
    const kept = LINKS.filter(({ id }) => ids.includes(id));
    // What others made below what is ours would keep it: somebody has to take it away.
    for (const link of [...LINKS].reverse())
      if (isTheirs(link) && [...wanted, ...kept].some((above) => isBelow(link, above)))
        this.behindTheBack(link, true, false);
    const program = wanted.filter((link) => !isTheirs(link));
    await this.#must(this.command('refresh'));
    // Each may print one more line: of what is to be made, then of what is to go.
    let last = await this.up(program, {}, true);
    for (let tries = 0; last.code !== 0 && tries < 2; tries++) last = await this.up(program, {}, true);
    if (last.code !== 0) throw new Error(`it failed:\n${last.text}`);
    if (lost.size > 0) throw new Error(`still lost: ${[...lost].join()}`);
    await this.#must(this.command('destroy'));
    const left = cloud.live().filter((link) => cloud.ownerOf(link) === 'ours');
    if (left.length > 0) throw new Error(`the destroy left ${left.map(({ id }) => id).join()}`);
  }

  async #must(command: Promise<Run>): Promise<void> {
    const { code, text } = await command;
    if (code !== 0) throw new Error(`it failed:\n${text}`);
  }

  async #run(
    name: CliCommand,
    { kill, interrupt }: CliTrouble,
    environment: NodeJS.ProcessEnv,
  ): Promise<{ run: Run; killed: boolean; interrupted: boolean }> {
    const moment = kill ?? interrupt;
    const { engine, ended, printed } = this.stack.start([name, '--yes', '--skip-preview'], environment);
    if (moment === undefined) return { run: await ended, killed: false, interrupted: false };
    const park = this.emulator.park(moment);
    const reached = await Promise.race([park.reached.then(() => true), ended.then(() => false)]);
    if (reached && kill !== undefined) {
      // With all that it started, which a killed engine would leave.
      for (const pid of [engine, ...processesBelow(engine).map(({ pid }) => pid)]) end(pid);
    } else if (reached) {
      process.kill(engine, 'SIGINT');
      await printed(TAKEN);
    }
    park.release();
    const run = await ended;
    return { run, killed: reached && kill !== undefined, interrupted: reached && kill === undefined };
  }

  #succeeded(name: CliCommand, state: readonly Recorded[]): string[] {
    const live = this.book.cloud.live();
    const ids = state.map(({ id }) => id).sort();
    const wanted = name === 'up' ? this.program.map(({ id }) => id).sort() : name === 'destroy' ? [] : ids;
    const problems = ids.join() === wanted.join() ? [] : [`the state has ${ids.join()}`];
    for (const { id, outputs } of state) {
      // Without a consistency window nobody can tell whose a registration is that was in doubt: a refresh keeps it so.
      const mayStay = name === 'refresh' && live.some((link) => link.id === id && !isDated(link.title));
      if (doubtOf(outputs) !== undefined && !mayStay) problems.push(`the state of ${id} is in doubt`);
      if (name === 'refresh' && !live.some((link) => means(id, outputs, link)))
        problems.push(`the state has ${id}, and the cloud does not`);
    }
    return problems;
  }

  async #state(): Promise<Recorded[]> {
    return (await this.stack.links()).map(({ id = '', ...rest }) => ({ ...rest, id }));
  }
}

/** What others made in ours is waited for in real time: without an end of its own ten minutes, once in some runs. */
const TIMEOUTS = { delete: '45s' };

/** A name of the program, and what it depends on: `p` and the like. */
const nameOf = ({ id }: Link): string => `r${LINKS.findIndex((link) => link.id === id)}`;

/** What it hangs on, where the program has that. */
function aboveIn(program: readonly Link[], link: Link): Link | undefined {
  const above = parentOf(link);
  return above !== undefined && program.includes(above) ? above : undefined;
}

function textOf(link: Link, _: number, program: readonly Link[]): string {
  const above = aboveIn(program, link);
  const dependsOn = above === undefined ? '' : `dependsOn: [${nameOf(above)}], `;
  const options = `{ ${dependsOn}customTimeouts: ${JSON.stringify(TIMEOUTS)} }`;
  const name = nameOf(link);
  return `const ${name} = new ${link.title}('${name}', ${JSON.stringify(link.inputs)}, ${options});`;
}

function resourceOf(link: Link, _: number, program: readonly Link[]) {
  const above = aboveIn(program, link);
  const type = `alicloud-media:${link.title.replace('.', ':')}`;
  const options = {
    customTimeouts: TIMEOUTS,
    ...(above !== undefined && { dependsOn: [`\${${nameOf(above)}}`] }),
  };
  return [nameOf(link), { type, properties: link.inputs, options }] as const;
}

/** Whether something was there that no state knew, and in the way of what was to be deleted. */
function isHeld(text: string, before: { state: Recorded[]; live: LiveLink[] }): boolean {
  const isKnown = (id: string) => before.state.some((one) => one.id === id);
  const isInTheWay = (link: Link) =>
    parentOf(link) !== undefined && !isKnown(link.id) && before.live.some(({ id }) => id === link.id);
  return text.includes('the service does not delete it while it holds others') && LINKS.some(isInTheWay);
}

/** Whether every link that a command named was there, and is not, or not for certain, what the state means. */
function isTaken(printed: readonly string[], before: { state: Recorded[]; live: LiveLink[] }): boolean {
  const isMeant = (link: LiveLink) =>
    before.state.some(
      ({ id, outputs }) =>
        means(id, outputs, link) && !(!isDated(link.title) && doubtOf(outputs) !== undefined),
    );
  return (
    printed.length > 0 && printed.every((id) => before.live.some((link) => link.id === id && !isMeant(link)))
  );
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
