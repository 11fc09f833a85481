import { ApiError } from '../api-error.js';
import type { World } from '../world.js';
import type { ApiRequest, Caller } from './api-request.js';

/** RAM denies only what a test or a person asked to be denied. Code: a switch (api-facts.md §9 question 5). */
export function authorise(request: ApiRequest, caller: Caller, world: World): void {
  if (!world.denials.isDenied(caller.accessKeyId, request.service, request.action)) return;
  throw denied(world, `${request.service}:${request.action}`);
}

export function denied(world: World, action: string): ApiError {
  const message = `You are not authorized to do this action. Action: ${action}.`;
  return new ApiError(403, world.switches.denialCode, message);
}
