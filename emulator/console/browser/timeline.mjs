import { clockTime, exactTime, lookOf, resultOf } from './call-words.mjs';
import { drawn } from './dom.mjs';

/** @import { ShownCall } from '../shapes.js' */

const LANE = 22;
const BAR = 12;
const AXIS = 22;
const NAMES = 190;
/** Below this width a name stands above its lane, not beside it. */
const NARROW = 520;
const STEPS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 3_600_000,
];

/**
 * Each call as a bar in the lane of its action, in the order in which the actions came up: of a destroy, from the leaves
 * up. The table has the same calls, so this is one picture with a name to a screen reader.
 * @param {HTMLElement} place
 * @param {readonly ShownCall[]} shown
 * @param {number} span
 */
export function showTimeline(place, shown, span) {
  const last = Math.max(...shown.map(endOf), 0);
  const calls = shown.filter((call) => endOf(call) >= last - span);
  const lanes = [...new Set(calls.map(({ action }) => action))];
  const start = Math.min(...calls.map(({ time }) => time), last);
  const width = Math.max(place.clientWidth, 200);
  const isNarrow = width < NARROW;
  const left = isNarrow ? 0 : NAMES;
  const lane = isNarrow ? LANE + 16 : LANE;
  const height = lanes.length * lane + AXIS;
  // A few milliseconds must not look like an hour.
  const duration = Math.max(last - start, 1_000);
  const x = (/** @type {number} */ time) => left + ((time - start) / duration) * (width - left - 8);
  const barTop = (/** @type {number} */ index) => (index + 1) * lane - BAR - 5;
  const picture = drawn('svg', {
    role: 'img',
    'aria-label': nameOf(calls, lanes),
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  });
  for (const tick of ticks(start, duration, width - left)) {
    picture.append(
      drawn('line', { class: 'tick', x1: x(tick), x2: x(tick), y1: 0, y2: height - AXIS }),
      drawn('text', { class: 'time', x: x(tick) + 3, y: height - 7 }, clockTime(tick)),
    );
  }
  for (const [index, action] of lanes.entries()) {
    const y = isNarrow ? index * lane + 13 : barTop(index) + BAR - 2;
    picture.append(
      drawn('line', { class: 'lane', x1: 0, x2: width, y1: (index + 1) * lane, y2: (index + 1) * lane }),
      drawn('text', { class: 'name', x: 0, y }, action === '' ? '(none)' : action),
    );
  }
  for (const call of calls) {
    const wide = Math.max((call.took / duration) * (width - left - 8), 4);
    const at = { x: x(call.time), y: barTop(lanes.indexOf(call.action)), width: wide, height: BAR, rx: 2 };
    const title = `${call.action} ${call.link}: ${resultOf(call)}, ${exactTime(call.time)}, ${call.took} ms`;
    picture.append(drawn('rect', { class: `bar ${lookOf(call)}`, ...at }, drawn('title', {}, title)));
  }
  place.replaceChildren(...(calls.length === 0 ? [] : [picture]));
}

/** @param {ShownCall} call */
function endOf({ time, took }) {
  return time + took;
}

/**
 * Round times, as many as their labels leave room for.
 * @param {number} start
 * @param {number} duration
 * @param {number} width
 */
function ticks(start, duration, width) {
  const room = Math.max(Math.floor(width / 90), 1);
  const step = STEPS.find((each) => each >= 1_000 && duration / each <= room) ?? duration;
  const first = Math.ceil(start / step) * step;
  const all = [];
  for (let time = first; time <= start + duration; time += step) {
    // A label of the very end would be cut off.
    if ((start + duration - time) / duration > 64 / width) all.push(time);
  }
  return all;
}

/**
 * @param {readonly ShownCall[]} calls
 * @param {readonly string[]} lanes
 */
function nameOf(calls, lanes) {
  const count = `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}`;
  return `Timeline: ${count} of ${lanes.join(', ')}. The table below has each of them.`;
}
