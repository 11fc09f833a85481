import { ask } from './ask.mjs';
import { byId, setText } from './dom.mjs';

/** @import { News } from '../shapes.js' */

/** Milliseconds from an answer to the next question; longer when nothing answers. */
const PAUSE = 500;
const PAUSE_WHEN_GONE = 2_000;

const connection = byId('connection', HTMLElement);

/** Asks again and again for what is new. */
export class Live {
  #run = '';
  #after = 0;
  #seen = '';
  #wake = () => {};
  #take;

  /** @param {(news: News, isAnotherRun: boolean) => void} take */
  constructor(take) {
    this.#take = take;
  }

  async follow() {
    for (;;) {
      const isThere = await this.#askOnce();
      setText(connection, isThere ? 'Live' : 'The emulator has gone. Waiting for it to come back…');
      connection.classList.toggle('gone', !isThere);
      await this.#pause(isThere ? PAUSE : PAUSE_WHEN_GONE);
    }
  }

  /** After an act of one's own: to see what it did without a wait. */
  now() {
    this.#wake();
  }

  async #askOnce() {
    const query = new URLSearchParams({ run: this.#run, after: String(this.#after), seen: this.#seen });
    /** @type {News} */
    let news;
    try {
      news = await ask('GET', `console/live?${query}`);
    } catch {
      return false;
    }
    const isAnotherRun = news.run !== this.#run;
    this.#run = news.run;
    this.#after = news.calls.at(-1)?.sequence ?? (isAnotherRun ? 0 : this.#after);
    this.#seen = news.seen;
    this.#take(news, isAnotherRun);
    return true;
  }

  /** @param {number} milliseconds */
  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
