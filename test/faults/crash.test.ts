import { copyFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { type Emulator, type JournalEntry, startEmulator } from '../../emulator/index.js';
import { isProvider, processesBelow, type RunningProcess } from '../support/cli/processes.js';
import { adoptLines, type Run, Stack } from '../support/cli/stack.js';
import { struckAt } from '../support/cli/struck-at.js';
import { IS_FULL, IS_WIDE } from '../support/extent.js';

const MAKES = ['CreateBinding', 'BindOutputBucket'];
const REMOVES = ['DeleteBinding', 'UnbindOutputBucket'];
const READS = ['GetBinding', 'ListBindings', 'ListAllMediaBucket'];
const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/videos/oss://foreign'];
// A crash takes everything that is under way with it, so a step that fails must not keep others from telling.
const UP = ['up', '--yes', '--skip-preview', '--continue-on-error'];
const REFRESH = ['refresh', '--yes', '--skip-preview'];
// One delete at a time, so that each of several kills still finds one to strike.
const DESTROY = ['destroy', '--yes', '--skip-preview', '--parallel=1'];

const VICTIMS = ['engine', 'provider process', 'both'] as const;
type Victim = (typeof VICTIMS)[number];

const BOUNDARIES = ['before-effect', 'after-effect', 'after-reply'] as const;
type Boundary = (typeof BOUNDARIES)[number];

/** A stack on an emulator of its own, with two links of somebody else beside it. */
class Site {
  readonly #orphans: RunningProcess[] = [];
  readonly #names: string[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly stack: Stack,
  ) {}

  static async make(): Promise<Site> {
    const emulator = await startEmulator();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    emulator.createBinding('cn-shanghai/media/videos/oss://foreign');
    emulator.bindOutputBucket('foreign');
    const site = new Site(emulator, await Stack.make({ emulator, program: '', resident: true }));
    SITES.push(site);
    return site;
  }

  /** A binding and an output bucket more in the program; gives their ids. */
  add(name: string, more = ''): readonly string[] {
    this.#names.push(name);
    this.stack.write(`for (const name of ${JSON.stringify(this.#names)}) {
      new imm.DatasetBinding(name, { projectName: 'media', datasetName: 'videos', uri: 'oss://' + name });
      new mps.OutputBucket(name, { bucket: name });
    }${more}`);
    return idsOf(name);
  }

  /** All ids of the program. */
  get ids(): readonly string[] {
    return this.#names.flatMap(idsOf).sort();
  }

  /** What is in the cloud beside the links of somebody else, which must be there. */
  get inCloud(): readonly string[] {
    const all = [...this.emulator.bindings(), ...this.emulator.mediaBuckets()].map(({ link }) => link).sort();
    expect(all).toEqual(expect.arrayContaining(FOREIGN));
    return all.filter((id) => !FOREIGN.includes(id));
  }

  async inState(): Promise<readonly string[]> {
    return (await this.stack.links()).map(({ id }) => id ?? 'without an id').sort();
  }

  /** How often each link was made, or removed, with success. */
  timesDone(actions: readonly string[]): Record<string, number> {
    const times: Record<string, number> = {};
    for (const { action, link, effects } of this.emulator.journal())
      if (actions.includes(action)) times[link] = (times[link] ?? 0) + effects;
    return times;
  }

  /** Runs a command and kills when the first call of these actions comes to a boundary, which it then crosses. */
  async kill(
    args: readonly string[],
    boundary: Boundary,
    actions: readonly string[],
    isVictim: (process: RunningProcess & { readonly isEngine: boolean }) => boolean,
  ): Promise<JournalEntry> {
    const running = this.stack.start(args);
    let survivesEngine = true;
    const { code, text, struck } = await struckAt(this.emulator, running, { boundary, actions }, () => {
      const engine = { pid: running.engine, command: '', isEngine: true };
      const below = processesBelow(running.engine).map((one) => ({ ...one, isEngine: false }));
      const victims = [engine, ...below].filter(isVictim);
      for (const { pid } of victims) process.kill(pid, 'SIGKILL');
      survivesEngine = !victims.includes(engine);
      this.#orphans.push(...below);
    });
    // A killed engine has no exit code; an engine whose provider was killed fails by itself.
    if (survivesEngine) expect(code, text).not.toBe(0);
    else expect(code, text).toBe(null);
    // A file backend keeps the lock of a killed engine.
    if (!survivesEngine) await this.stack.unlock();
    return struck;
  }

  /** A killed engine takes nothing with it: its provider process would run for ever. */
  endOrphans(): void {
    const commands = new Map(processesBelow(1).map(({ pid, command }) => [pid, command]));
    const left = this.#orphans.filter(({ pid, command }) => commands.get(pid) === command);
    // What was just starting another process when it was looked at has done so by now.
    const pids = new Set(left.flatMap(({ pid }) => [pid, ...processesBelow(pid).map((one) => one.pid)]));
    for (const pid of pids) end(pid);
  }

  async remove(): Promise<void> {
    this.endOrphans();
    this.stack.remove();
    await this.emulator.close();
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with its parent.
  }
}

const SITES: Site[] = [];
afterAll(() => Promise.all(SITES.map((site) => site.remove())));

const idsOf = (name: string) => [`cn-shanghai/media/videos/oss://${name}`, `cn-shanghai/${name}`];

const isVictim = (victim: Victim) => (process: RunningProcess & { readonly isEngine: boolean }) =>
  (victim !== 'provider process' && process.isEngine) || (victim !== 'engine' && isProvider(process));

const isUp = (run: Run) => run.code === 0;

/** Whom the kill at a boundary strikes, in each of three commands. */
interface Kills {
  readonly name: string;
  readonly number: number;
  victim(round: number, command: number): Victim;
}

/** Each victim at each boundary of each command; or so that each command has each victim and each boundary. */
const KILLS: readonly Kills[] = IS_FULL
  ? VICTIMS.map((victim, number) => ({ name: victim, number, victim: () => victim }))
  : [
      {
        name: 'engine, provider process or both',
        number: 0,
        victim: (round, command) => VICTIMS[(round + command) % VICTIMS.length] ?? 'both',
      },
    ];

it.concurrent.each(KILLS)(
  'a kill of $name at each boundary: the same command again converges, or prints the lines with which it does',
  async ({ victim, number }) => {
    const site = await Site.make();
    const { stack } = site;

    // A kill at each boundary, each of a link more; then nobody kills the same command any more.
    const killed: string[] = [];
    for (const [round, boundary] of BOUNDARIES.entries()) {
      site.add(`round-${round}`);
      // A binding waits after its reply, so that no step is over before it is killed.
      const action = boundary === 'after-reply' ? 'CreateBinding' : MAKES[(number + round) % 2];
      killed.push((await site.kill(UP, boundary, [action ?? ''], isVictim(victim(round, 0)))).link);
    }
    const again = await stack.run(UP);
    const lost = adoptLines(again.text);
    expect(lost, again.text).toEqual(expect.arrayContaining(killed));
    expect(site.ids).toEqual(expect.arrayContaining([...lost]));
    // Nothing else went wrong than what these lines mend.
    const failed = [...again.text.matchAll(/^ {4}error: cannot create \S+ (\S+): it exists already/gm)];
    expect(failed.map(([, id]) => id).sort(), again.text).toEqual(lost);
    expect(isUp(again)).toBe(false);

    await stack
      .run(UP, { ALICLOUD_MEDIA_ADOPT: lost.join(',') })
      .then(({ code, text }) => expect(code, text).toBe(0));
    expect(site.inCloud).toEqual(site.ids);
    expect(await site.inState()).toEqual(site.ids);
    expect(site.timesDone(MAKES)).toEqual(Object.fromEntries(site.ids.map((id) => [id, 1])));
    await stack.settled();

    for (const [round, boundary] of BOUNDARIES.entries())
      await site.kill(REFRESH, boundary, READS, isVictim(victim(round, 1)));
    await stack.succeed(...REFRESH);
    expect(site.inCloud).toEqual(site.ids);
    expect(await site.inState()).toEqual(site.ids);

    for (const [round, boundary] of BOUNDARIES.entries()) {
      const { link } = await site.kill(DESTROY, boundary, REMOVES, isVictim(victim(round, 2)));
      expect(site.inCloud).not.toContain(link);
    }
    await stack.succeed(...DESTROY);
    expect(site.inCloud).toEqual([]);
    expect(await site.inState()).toEqual([]);
    expect(site.timesDone(REMOVES)).toEqual(Object.fromEntries(site.ids.map((id) => [id, 1])));
  },
  600_000,
);

it.runIf(IS_WIDE).concurrent(
  'a preview that is killed while a function of the program reads changes nothing, and converges when run again',
  async () => {
    const site = await Site.make();
    const asks = `
      imm.getDatasetBinding({ projectName: 'media', datasetName: 'videos', uri: 'oss://foreign' });`;
    site.add('own', asks);
    for (const boundary of BOUNDARIES) {
      await site.kill(['preview'], boundary, ['GetBinding'], ({ isEngine }) => isEngine);
    }
    // The function runs in the process of the program.
    await site.kill(['preview'], 'after-effect', ['GetBinding'], ({ command }) =>
      command.includes('/cmd/run'),
    );
    await site.stack.succeed('preview');
    expect(site.inCloud).toEqual([]);
    expect(await site.inState()).toEqual([]);
  },
  600_000,
);

it.runIf(IS_WIDE).concurrent(
  'a killed up followed by a destroy leaves what it had made; up with the printed line, then destroy, leaves nothing',
  async () => {
    const site = await Site.make();
    const { stack } = site;
    const [binding = '', bucket = ''] = site.add('recipe');
    await stack.succeed(...UP);
    site.add('lost');
    const { link } = await site.kill(UP, 'after-effect', ['CreateBinding'], ({ isEngine }) => isEngine);
    expect(idsOf('lost')).toContain(link);

    // Killed a moment later the engine would have been writing its state: the file is empty, the one before it beside;
    // or the small file of its attributes is.
    copyFileSync(stack.checkpoint, `${stack.checkpoint}.bak`);
    writeFileSync(stack.checkpoint, '');
    writeFileSync(`${stack.checkpoint}.attrs`, '');
    expect(await stack.fail(['cancel', '--yes'])).toContain('failed to load checkpoint: EOF');
    await stack.unlock();

    await stack.succeed(...DESTROY);
    expect(await site.inState()).toEqual([]);
    // Not in our power: the engine forgot the create that it was killed in, and asked nobody.
    expect(site.inCloud).toContain(link);
    expect(site.inCloud).not.toContain(binding);
    expect(site.inCloud).not.toContain(bucket);

    // The recipe of docs/reference/reliability.md.
    const lost = adoptLines((await stack.run(UP)).text);
    expect(lost).toContain(link);
    const mended = await stack.run(UP, { ALICLOUD_MEDIA_ADOPT: lost.join(',') });
    expect(mended.code, mended.text).toBe(0);
    await stack.succeed(...DESTROY);
    expect(site.inCloud).toEqual([]);
    expect(await site.inState()).toEqual([]);
  },
  600_000,
);
