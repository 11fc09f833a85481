import { byId } from './dom.mjs';

/** Milliseconds between two sentences about calls: a screen reader must not talk all the time. */
const PAUSE = 10_000;

const region = byId('said', HTMLElement);
let calls = 0;
let errors = 0;
let lastTold = Number.NEGATIVE_INFINITY;

/**
 * Says at once what somebody's own act has done.
 * @param {string} text
 */
export function say(text) {
  region.textContent = text;
}

/**
 * Counts calls, and says every so often how many there were.
 * @param {number} more
 * @param {number} failed
 */
export function tellCalls(more, failed) {
  calls += more;
  errors += failed;
  if (calls === 0 || performance.now() - lastTold < PAUSE) return;
  lastTold = performance.now();
  say(`${calls} more ${calls === 1 ? 'call' : 'calls'}${errors > 0 ? `, ${errors} with an error` : ''}.`);
  calls = 0;
  errors = 0;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function wordsOf(error) {
  return error instanceof Error ? error.message : String(error);
}
