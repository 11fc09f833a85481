/** @import { News, ShownCall } from '../shapes.js' */

/** What the page keeps, and what it shows of that: a browser must stay quick when a run makes thousands of calls. */
const MOST_KEPT = 5_000;
export const MOST_SHOWN = 500;

/**
 * @typedef {object} Filter
 * @property {string} action '' for every action.
 * @property {string} result '' for every result, success, error, fault, or a code.
 */

/** @param {ShownCall} call */
export function isError({ status, code }) {
  return code !== '' || status >= 400;
}

/** The calls the page knows, the oldest first. */
export class Calls {
  /** @type {ShownCall[]} */
  #all = [];
  /** Calls up to this one were there when somebody asked for new ones alone. */
  #hiddenTo = 0;

  /**
   * @param {News} news
   * @param {boolean} isAnotherRun
   */
  take({ first, calls }, isAnotherRun) {
    if (isAnotherRun) this.#hiddenTo = 0;
    const kept = isAnotherRun ? [] : this.#all.filter(({ sequence }) => sequence >= first);
    this.#all = [...kept, ...calls].slice(-MOST_KEPT);
  }

  /** @param {boolean} isOn */
  onlyFromNowOn(isOn) {
    this.#hiddenTo = isOn ? (this.#all.at(-1)?.sequence ?? 0) : 0;
  }

  get actions() {
    return [...new Set(this.#all.map(({ action }) => action))].sort();
  }

  get codes() {
    return [...new Set(this.#all.map(({ code }) => code))].filter((code) => code !== '').sort();
  }

  /**
   * @param {Filter} filter
   * @returns {ShownCall[]}
   */
  filtered({ action, result }) {
    return this.#all.filter(
      (call) =>
        call.sequence > this.#hiddenTo &&
        (action === '' || call.action === action) &&
        (result === '' || isOf(call, result)),
    );
  }
}

/**
 * @param {ShownCall} call
 * @param {string} result
 */
function isOf(call, result) {
  if (result === 'success') return !isError(call);
  if (result === 'error') return isError(call);
  return result === 'fault' ? call.fault !== '' : call.code === result;
}
