import { ask } from './ask.mjs';
import { bodyOf, byId, element, setText } from './dom.mjs';
import { Rows } from './rows.mjs';
import { say, wordsOf } from './said.mjs';

/** @import { ShownSwitch, SwitchValue, Tables } from '../shapes.js' */

const problem = byId('switch-error', HTMLElement);

/** @type {Map<string, (value: SwitchValue) => void>} */
const shows = new Map();

/**
 * @param {Tables} tables
 * @param {() => void} changed
 */
export function startSwitches({ switches }, changed) {
  const rows = new Rows(
    bodyOf('switch-table'),
    (/** @type {ShownSwitch} */ { name }) => name,
    (each) => ({ row: switchRow(each, changed) }),
  );
  rows.show(switches);
}

/** @param {Readonly<Record<string, SwitchValue>>} switches */
export function takeSwitches(switches) {
  for (const [name, value] of Object.entries(switches)) shows.get(name)?.(value);
}

/**
 * @param {ShownSwitch} given
 * @param {() => void} changed
 */
function switchRow({ name, kind, values, default: standard, meaning }, changed) {
  const control = kind === 'milliseconds' ? millisecondsInput() : select(values);
  control.setAttribute('aria-labelledby', `switch-${name}`);
  const row = element(
    'tr',
    {},
    // What the style adds to it, that it is changed, is no part of the control's name.
    element('th', { scope: 'row' }, element('span', { id: `switch-${name}` }, name)),
    element('td', { class: 'value' }, control, ...(kind === 'milliseconds' ? [' ms'] : [])),
    element('td', {}, `${standard}${kind === 'milliseconds' ? ' ms' : ''}`),
    element('td', { class: 'wide' }, meaning),
  );
  let inForce = standard;
  const show = () => {
    control.value = String(inForce);
    row.classList.toggle('changed', inForce !== standard);
  };
  shows.set(name, (value) => {
    inForce = value;
    // What somebody is typing is theirs until they leave it.
    if (document.activeElement !== control) show();
  });
  control.addEventListener('blur', show);
  control.addEventListener('change', async () => {
    const asked =
      kind === 'milliseconds' ? Number(control.value || Number.NaN) : byText(values, control.value);
    setText(problem, '');
    try {
      const all = await ask('PUT', 'switches', { [name]: asked });
      inForce = all[name];
      say(`${name} is now ${inForce}.`);
    } catch (error) {
      setText(problem, wordsOf(error));
    }
    show();
    changed();
  });
  show();
  return row;
}

function millisecondsInput() {
  return element('input', { type: 'number', min: '0', step: '1' });
}

/** @param {readonly SwitchValue[]} values */
function select(values) {
  return element(
    'select',
    {},
    ...values.map((value) => element('option', { value: String(value) }, String(value))),
  );
}

/**
 * @param {readonly SwitchValue[]} values
 * @param {string} text
 */
function byText(values, text) {
  return values.find((value) => String(value) === text);
}
