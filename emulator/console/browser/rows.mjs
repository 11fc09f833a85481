import { element } from './dom.mjs';

/**
 * @template T
 * @typedef {object} Row
 * @property {HTMLTableRowElement} row
 * @property {(item: T) => void} [update] What may differ the next time; absent where an item never changes.
 */

/**
 * The rows of one table, by the key of what they show. Rows that stay are left where they are, and with them the focus
 * and the place of whoever reads.
 * @template T
 */
export class Rows {
  /** @type {Map<string, Row<T>>} */
  #rows = new Map();
  #body;
  #key;
  #make;

  /**
   * @param {HTMLTableSectionElement} body
   * @param {(item: T) => string} key
   * @param {(item: T) => Row<T>} make
   */
  constructor(body, key, make) {
    this.#body = body;
    this.#key = key;
    this.#make = make;
  }

  /** @param {readonly T[]} items */
  show(items) {
    const keys = new Set(items.map((item) => this.#key(item)));
    for (const [key, { row }] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    if (items.length === 0) {
      if (this.#body.childElementCount === 0) this.#body.append(this.#none());
      return;
    }
    if (this.#rows.size === 0) this.#body.replaceChildren();
    let next = this.#body.firstElementChild;
    for (const item of items) {
      const { row } = this.#rowOf(item);
      if (row === next) next = next.nextElementSibling;
      else this.#body.insertBefore(row, next);
    }
  }

  /**
   * @param {T} item
   * @returns {Row<T>}
   */
  #rowOf(item) {
    const key = this.#key(item);
    const found = this.#rows.get(key) ?? this.#make(item);
    this.#rows.set(key, found);
    found.update?.(item);
    return found;
  }

  #none() {
    const columns = this.#body.parentElement?.querySelectorAll('thead th').length ?? 1;
    return element('tr', {}, element('td', { colspan: String(columns), class: 'none' }, 'none'));
  }
}
