import { ApiError } from '../api-error.js';
import { arnOf } from '../ram/arn.js';
import type { World } from '../world.js';
import type { ApiRequest, Caller } from './api-request.js';

/** RAM denies what a test or a person asked to be denied, and what the policy of a key leaves out. Code: a switch (api-facts.md §9 question 5). */
export function authorise(request: ApiRequest, caller: Caller, world: World): void {
  const { service, action } = request;
  const { accessKeyId } = caller;
  // To ask who one is needs no permission, and who may take a role says the role.
  const isLeftOut =
    service !== 'sts' && world.denials.isLeftOut(accessKeyId, `${service}:${action}`, arnOf(request, caller));
  if (!isLeftOut && !world.denials.isDenied(accessKeyId, service, action)) return;
  throw denied(world, `${request.service}:${request.action}`);
}

export function denied(world: World, action: string): ApiError {
  const message = `You are not authorized to do this action. Action: ${action}.`;
  return new ApiError(403, world.switches.denialCode, message);
}
