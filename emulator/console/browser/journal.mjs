import { exactTime, lookOf, resultOf } from './call-words.mjs';
import { Calls, isError, MOST_SHOWN } from './calls.mjs';
import { bodyOf, byId, element, setText } from './dom.mjs';
import { Rows } from './rows.mjs';
import { tellCalls } from './said.mjs';
import { showTimeline } from './timeline.mjs';

/** @import { News, ShownCall } from '../shapes.js' */

const action = byId('filter-action', HTMLSelectElement);
const result = byId('filter-result', HTMLSelectElement);
const span = byId('span', HTMLSelectElement);
const fromNow = byId('from-now', HTMLButtonElement);
const count = byId('count', HTMLElement);
const timeline = byId('timeline', HTMLElement);

const calls = new Calls();
const rows = new Rows(
  bodyOf('journal'),
  (/** @type {ShownCall} */ { sequence }) => String(sequence),
  (call) => ({ row: rowOf(call) }),
);

export function startJournal() {
  for (const control of [action, result, span]) control.addEventListener('change', show);
  fromNow.addEventListener('click', () => {
    const isOn = fromNow.getAttribute('aria-pressed') !== 'true';
    fromNow.setAttribute('aria-pressed', String(isOn));
    calls.onlyFromNowOn(isOn);
    show();
  });
  new ResizeObserver(show).observe(timeline);
  show();
}

/**
 * @param {News} news
 * @param {boolean} isAnotherRun
 */
export function takeCalls(news, isAnotherRun) {
  calls.take(news, isAnotherRun);
  if (isAnotherRun) fromNow.setAttribute('aria-pressed', 'false');
  offer(action, calls.actions);
  offer(result, calls.codes);
  show();
  // Those that were there before the page was are no news.
  if (!isAnotherRun) tellCalls(news.calls.length, news.calls.filter(isError).length);
}

function show() {
  const filtered = calls.filtered({ action: action.value, result: result.value });
  const shown = filtered.slice(-MOST_SHOWN);
  rows.show(shown.toReversed());
  showTimeline(timeline, shown, span.value === '' ? Number.POSITIVE_INFINITY : Number(span.value));
  const of = filtered.length > shown.length ? ` of ${filtered.length}` : '';
  setText(count, filtered.length === 0 ? 'No calls.' : `${shown.length}${of} calls.`);
}

/**
 * Adds to a choice what came up since, and leaves what is chosen.
 * @param {HTMLSelectElement} select
 * @param {readonly string[]} values
 */
function offer(select, values) {
  const known = new Set([...select.options].map(({ value }) => value));
  for (const value of values) if (!known.has(value)) select.append(element('option', { value }, value));
}

/** @param {ShownCall} call */
function rowOf(call) {
  const time = element('time', { datetime: new Date(call.time).toISOString() }, exactTime(call.time));
  return element(
    'tr',
    { class: lookOf(call) },
    element('td', { class: 'exact' }, time),
    element('th', { scope: 'row' }, call.action === '' ? '(none)' : call.action),
    element('td', { class: 'exact' }, call.link),
    element('td', { class: 'result' }, resultOf(call)),
    element('td', {}, call.fault),
    element('td', { class: 'number' }, `${call.took} ms`),
    element('td', { class: 'exact' }, call.requestId),
  );
}
