import type { Emulator } from '../emulator-object.js';
import type { Body } from './body.js';

/** Answered {"ok":true} when it gives nothing. */
export type Route = (emulator: Emulator, body: Body, query: URLSearchParams) => object | undefined;

/** Lets a call that gives nothing be the whole of a route. */
export function done(_: unknown): undefined {
  return undefined;
}
