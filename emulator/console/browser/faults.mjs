import { ask } from './ask.mjs';
import { bodyOf, byId, element, setText } from './dom.mjs';
import { Rows } from './rows.mjs';
import { say, wordsOf } from './said.mjs';

/** @import { ShownRule, Tables } from '../shapes.js' */

const kind = byId('fault-kind', HTMLSelectElement);
const action = byId('fault-action', HTMLSelectElement);
const times = byId('fault-times', HTMLInputElement);
const always = byId('fault-always', HTMLInputElement);
const skip = byId('fault-skip', HTMLInputElement);
const delay = byId('fault-delay', HTMLInputElement);
const problem = byId('fault-error', HTMLElement);

/** @type {Rows<ShownRule>} */
let rows;

/**
 * @param {Tables} tables
 * @param {() => void} changed
 */
export function startFaults({ faults, actions }, changed) {
  rows = new Rows(
    bodyOf('rules'),
    ({ id }) => String(id),
    (rule) => ruleRow(rule, () => remove(rule, changed)),
  );
  rows.show([]);
  for (const each of faults) kind.append(element('option', { value: each.kind }, each.kind));
  const fit = () => {
    const chosen = faults.find((each) => each.kind === kind.value);
    setText(byId('fault-meaning', HTMLElement), plain(chosen?.meaning ?? ''));
    const before = action.value;
    const options = (chosen?.actions ?? actions).map((name) => element('option', { value: name }, name));
    action.replaceChildren(element('option', { value: '' }, 'every action'), ...options);
    if (options.some(({ value }) => value === before)) action.value = before;
    delay.disabled = !chosen?.takesDelay;
  };
  kind.addEventListener('change', fit);
  always.addEventListener('change', () => {
    times.disabled = always.checked;
  });
  byId('add-fault', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    add().then(changed, (error) => setText(problem, wordsOf(error)));
  });
  fit();
}

/** @param {readonly ShownRule[]} rules */
export function takeRules(rules) {
  rows.show(rules);
}

async function add() {
  setText(problem, '');
  const rule = {
    kind: kind.value,
    ...(action.value !== '' && { action: action.value }),
    times: always.checked ? 'always' : numberOf(times),
    skip: numberOf(skip),
    ...(!delay.disabled && { delayMs: numberOf(delay) }),
  };
  const { id } = await ask('POST', 'faults', rule);
  say(`Rule ${id} is added: ${kind.value} for ${action.value === '' ? 'every action' : action.value}.`);
}

/**
 * The focus goes to the next rule's button, or to the form when there is none: with its button it would be lost.
 * @param {ShownRule} rule
 * @param {() => void} changed
 */
async function remove({ id }, changed) {
  // Before it is asked for: the list may be shown anew, without the button, before the answer is here.
  const buttons = [...bodyOf('rules').querySelectorAll('button')];
  const focused = document.activeElement;
  const place = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
  try {
    await ask('DELETE', 'faults', { id });
  } catch (error) {
    setText(problem, wordsOf(error));
    return;
  }
  if (place >= 0) (buttons[place + 1] ?? buttons[place - 1] ?? kind).focus();
  say(`Rule ${id} is removed.`);
  changed();
}

/**
 * @param {ShownRule} rule
 * @param {() => void} onRemove
 */
function ruleRow({ id, kind: name, action: of, only, times: most, skip: first, delay: held }, onRemove) {
  const matched = element('td', { class: 'number' });
  const struck = element('td', { class: 'number' });
  const button = element(
    'button',
    { type: 'button' },
    'Remove',
    element('span', { class: 'unseen' }, ` rule ${id}`),
  );
  button.addEventListener('click', onRemove);
  const number = (/** @type {string | number} */ value) => element('td', { class: 'number' }, String(value));
  const row = element(
    'tr',
    {},
    element('td', {}, String(id)),
    element('th', { scope: 'row' }, name),
    element('td', {}, of === '' ? 'every' : of),
    element('td', {}, only),
    number(most),
    number(first),
    number(held === '' ? '' : `${held} ms`),
    matched,
    struck,
    element('td', {}, button),
  );
  const update = (/** @type {ShownRule} */ rule) => {
    setText(matched, String(rule.matched));
    setText(struck, String(rule.struck));
  };
  return { row, update };
}

/**
 * undefined leaves it to the emulator.
 * @param {HTMLInputElement} input
 */
function numberOf(input) {
  return input.value === '' ? undefined : input.valueAsNumber;
}

/**
 * The tables of the emulator mark names as a page of docs does.
 * @param {string} meaning
 */
function plain(meaning) {
  return meaning.replaceAll('`', '');
}
