import { appendFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, ClaimLine, OtherProcesses } from './claims.js';

/**
 * What the provider processes of one engine tell each other: the dynamic-provider process, the plugin, and one more for
 * each explicit provider. Each appends to a file of its own, in a folder of the engine's address. A file counts while
 * its process lives, which is as long as the run lasts. It holds ids and names, and no key.
 */
export class RunFile implements OtherProcesses {
  readonly #folder: string;
  readonly #own: string;
  #isUsable: boolean | undefined;
  readonly #told = new Map<string, Told>();

  constructor(
    engine: string,
    folder = join(tmpdir(), `pulumi-alicloud-media-${process.getuid?.() ?? 'runs'}`),
  ) {
    this.#folder = join(folder, engine.replace(/[^\w.-]/g, '_'));
    this.#own = join(this.#folder, `${process.pid}.jsonl`);
  }

  tell(line: ClaimLine): void {
    if (!this.#open()) return;
    try {
      appendFileSync(this.#own, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // Then the others do not know, as where there is no such folder.
      this.#isUsable = false;
    }
  }

  claims(): readonly Claim[] {
    if (!this.#open()) return [];
    return this.#others().flatMap(({ path, pid }) => {
      if (isAlive(pid)) return this.#toldIn(path).claims();
      rmSync(path, { force: true });
      return [];
    });
  }

  #toldIn(path: string): Told {
    const told = this.#told.get(path) ?? new Told(path);
    this.#told.set(path, told);
    return told;
  }

  #others(): { readonly path: string; readonly pid: number }[] {
    return filesIn(this.#folder)
      .map((name) => ({ path: join(this.#folder, name), pid: Number(/^(\d+)\.jsonl$/.exec(name)?.[1]) }))
      .filter(({ path, pid }) => pid > 0 && path !== this.#own);
  }

  /** Makes the folder for nobody but this user, and clears away what runs that were killed have left. */
  #open(): boolean {
    this.#isUsable ??= prepare(this.#folder, this.#own);
    return this.#isUsable;
  }
}

/** What another process has said so far: of its file only what is new is read. */
class Told {
  readonly #path: string;
  readonly #claims = new Map<string, Claim>();
  #read = 0;

  constructor(path: string) {
    this.#path = path;
  }

  claims(): readonly Claim[] {
    for (const line of this.#newLines()) {
      const told = lineIn(line);
      if (told?.add) this.#claims.set(keyOf(told.add), told.add);
      if (told?.drop) this.#claims.delete(keyOf(told.drop));
    }
    return [...this.#claims.values()];
  }

  #newLines(): readonly string[] {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path).subarray(this.#read);
    } catch {
      return [];
    }
    // The last line may be half written.
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    this.#read += whole.length;
    return whole.toString('utf8').split('\n').slice(0, -1);
  }
}

/** Undefined for what none of ours has written: no operation fails for it. */
function lineIn(text: string): Partial<{ readonly add: Claim; readonly drop: Dropped }> | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

type Dropped = Pick<Claim, 'title' | 'id' | 'claim'>;

const keyOf = ({ title, id, claim }: Dropped): string => JSON.stringify([title, id, claim]);

/** The files of this process. */
const OPENED = new Set<string>();

function prepare(folder: string, own: string): boolean {
  const above = join(folder, '..');
  try {
    for (const each of [above, folder]) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      if (!isOurs(each)) return false;
    }
    for (const run of filesIn(above)) removeAbandoned(join(above, run));
    // The number of a process that has ended may come again; a second Configure of this one goes on with its file.
    if (!OPENED.has(own)) rmSync(own, { force: true });
    OPENED.add(own);
  } catch {
    return false;
  }
  process.once('exit', () => {
    rmSync(own, { force: true });
    removeIfEmpty(folder);
  });
  return true;
}

/** What somebody else could write would keep our links from being removed. */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder);
  const uid = process.getuid?.();
  return stats.isDirectory() && (uid === undefined || (stats.uid === uid && (stats.mode & 0o022) === 0));
}

function removeAbandoned(run: string): void {
  const names = filesIn(run);
  for (const name of names) {
    const pid = Number(/^(\d+)\.jsonl$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(run, name), { force: true });
  }
  if (names.length > 0) removeIfEmpty(run);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others of the run still use it.
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
