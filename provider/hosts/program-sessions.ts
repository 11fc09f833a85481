import { createHmac, randomBytes } from 'node:crypto';
import { type Say, Session } from './session.js';

/** What the calls of one program have of each configuration. */
interface Shared {
  readonly session: Session;
  readonly turns: Turns;
}

/** How many calls are under way at a time; each holds a connection. The engine itself has about as many. */
const AT_ONCE = 8;

/** Known to this process alone, so that what it makes of a configuration tells nobody of the keys in it. */
const SEAL = randomBytes(32);

const sharedBy = new WeakMap<object, Map<string, Shared>>();

/**
 * The session of a configuration in one run of a program. Another run has its own: keys that are over for the one may
 * have been renewed before the next.
 */
export function sharedIn(run: object, config: Readonly<Record<string, string>>, say: Say): Shared {
  const ofRun = sharedBy.get(run) ?? new Map<string, Shared>();
  sharedBy.set(run, ofRun);
  const name = nameOf(config, process.env);
  const found = ofRun.get(name);
  if (found !== undefined) return found;
  const made = {
    session: new Session((key) => config[key], process.env, say),
    turns: new Turns(AT_ONCE),
  };
  ofRun.set(name, made);
  return made;
}

/** The same for the same content, whatever its order. */
function nameOf(...content: readonly Readonly<Record<string, string | undefined>>[]): string {
  const sorted = content.map((values) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHmac('sha256', SEAL).update(JSON.stringify(sorted)).digest('base64');
}

/** Lets so many work at a time; the others wait, first come first served. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
