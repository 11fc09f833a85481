import { isError } from './calls.mjs';

/** @import { ShownCall } from '../shapes.js' */

/** @param {number} time */
export function clockTime(time) {
  const date = new Date(time);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** @param {number} time */
export function exactTime(time) {
  return `${clockTime(time)}.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;
}

/**
 * What the operation itself answered, and what went out where a fault put something else in its place.
 * @param {ShownCall} call
 */
export function resultOf({ status, code, sent }) {
  const own = status === 0 ? 'no answer' : `${status} ${code}`.trimEnd();
  if (sent === status) return own;
  return `${own}, ${sent === 0 ? 'nothing sent' : `sent ${sent}`}`;
}

/** @param {ShownCall} call */
export function isRead({ action }) {
  return /^(Get|List|Simple)/.test(action);
}

/** @param {ShownCall} call */
export function lookOf(call) {
  if (call.fault !== '') return 'fault';
  if (isError(call)) return 'error';
  return isRead(call) ? 'read' : 'write';
}
