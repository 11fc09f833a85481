import { PERMISSION } from '../alicloud/answers/error-codes.js';
import { TransportError } from '../alicloud/answers/errors.js';
import { sayDuration } from './duration.js';
import { type Held, type Holdings, MOST_NAMED } from './holdings.js';
import type { Link } from './link.js';
import type { Operation } from './operation.js';
import { removedAt } from './removed.js';

const FIRST = 300;
const LONGEST = 5_000;

/** The wait of a delete that the service refuses for the sake of what is held. */
export class WaitForHeld {
  readonly #operation: Operation;
  readonly #link: Pick<Link<unknown>, 'clear'>;
  #pause = FIRST;
  #last: Holdings | undefined;

  constructor(operation: Operation, link: Pick<Link<unknown>, 'clear'>) {
    this.#operation = operation;
    this.#link = link;
  }

  /** Comes back when it is time to try again; fails where that would be of no use. */
  async next(holdings: Holdings): Promise<void> {
    this.#last = holdings;
    if (await this.#link.clear?.(holdings)) return;
    const { held } = holdings;
    const stays = held.length > 0 && held.every(({ cure }) => cure !== undefined);
    const why = `waiting until what it holds is gone: ${inShort(holdings)}`;
    if (stays || !(await this.#operation.pause(why, this.#pause)))
      throw new HeldError(this.#operation, holdings);
    this.#pause = Math.min(LONGEST, this.#pause * 1.5);
  }

  /** Where no reply comes any more, what was seen to be held says more than that. */
  insteadOf(error: unknown): unknown {
    if (!(error instanceof TransportError) || this.#last === undefined) return error;
    return new HeldError(this.#operation, this.#last, error);
  }
}

/** How a HeldError begins. */
export const HELD = 'the service does not delete it while it holds others';

/** It was not deleted, since the service does not while it holds others. */
export class HeldError extends Error {
  override readonly name = 'HeldError';

  constructor(operation: Operation, { held, unseen, refusal }: Holdings, silence?: TransportError) {
    const waited = sayDuration(operation.now() - operation.started);
    const named = held.slice(0, MOST_NAMED).map((one) => `\n  ${nameOf(one)}${ownerOf(operation, one)}`);
    const more = held.length > MOST_NAMED ? [`\n  and ${held.length - MOST_NAMED} more`] : [];
    const cures = [...new Set(held.flatMap(({ cure }) => cure ?? []))].map((cure) => ` ${cure}`);
    const hidden = unseen.map((what) => `\n  not seen: ${what}`);
    if (unseen.length > 0) cures.push(` ${PERMISSION}`);
    const said = refusal === undefined ? '' : `\nThe service said: ${refusal.message}`;
    const since = silence === undefined ? '' : `\nWhether it is so still is not known: ${silence.message}`;
    const what =
      held.length === 0 ? 'no listing shows any' : `these are seen:${[...named, ...more].join('')}`;
    super(
      `${HELD}, also not after ${waited}; ${what}${hidden.join('')}${said}${since}\n` +
        `Nothing of them was removed.${cures.join('')} Remove them, then run the same command again; or give it more ` +
        'time with customTimeouts: { delete: "30m" } where others are removing them.',
    );
  }
}

function nameOf({ title, id, count = 1 }: Held): string {
  return id === undefined ? `${count} ${title}` : `${title} ${id}`;
}

function ownerOf(operation: Operation, { title, id }: Held): string {
  if (id === undefined) return '';
  const owner = operation.ownerOf(title, id);
  if (owner !== undefined) return `: ${owner}`;
  return removedAt(operation, { title, id }) === undefined
    ? ': not of this stack, as far as this run knows'
    : ': this stack has deleted it, and the service still shows it';
}

/** `2 imm.Dataset (cn-shanghai/a/b, …)`. */
function inShort({ held, unseen }: Holdings): string {
  const titles = [...new Set(held.map(({ title }) => title))];
  const parts = titles.map((title) => {
    const of = held.filter((one) => one.title === title);
    const ids = of.flatMap(({ id }) => id ?? []);
    const count = of.reduce((sum, one) => sum + (one.count ?? 1), 0);
    const shown = ids.length === 0 ? '' : ` (${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''})`;
    return `${count} ${title}${shown}`;
  });
  return [...parts, ...unseen].join(', ') || 'no listing shows anything more, and the service still says so';
}
