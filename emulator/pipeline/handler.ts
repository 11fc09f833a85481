import type { World } from '../world.js';
import type { ApiRequest, Caller } from './api-request.js';

export type Handlers = Readonly<Record<string, Handler>>;

/** Synchronous on purpose: one request is one step, nothing comes between its check and its change. */
export type Handler = (
  request: ApiRequest,
  caller: Caller,
  world: World,
) => Readonly<Record<string, unknown>>;
