import { ApiError } from '../api-error.js';
import { IMM_HANDLERS } from '../imm/handlers.js';
import { MTS_HANDLERS } from '../mts/handlers.js';
import { STS_HANDLERS } from '../sts/handlers.js';
import type { ApiRequest, Service } from './api-request.js';
import type { Handler, Handlers } from './handler.js';

const HANDLERS: Readonly<Record<Service, Handlers>> = {
  imm: IMM_HANDLERS,
  mts: MTS_HANDLERS,
  sts: STS_HANDLERS,
};

/** All that is served, by service. */
export const ACTIONS: readonly string[] = Object.values(HANDLERS).flatMap((handlers) =>
  Object.keys(handlers),
);

/** api-facts.md §4: InvalidApi.NotFound, 404, for an Action or Version nobody serves. */
export function handlerOf(request: ApiRequest): Handler {
  const handlers = request.service === '' ? {} : HANDLERS[request.service];
  const handler = Object.hasOwn(handlers, request.action) ? handlers[request.action] : undefined;
  if (!handler || request.path !== '/') {
    throw new ApiError(
      404,
      'InvalidApi.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  }
  // api-facts.md §2 and §3, Common: GET or POST. The code for another method is assumed.
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw new ApiError(405, 'UnsupportedHTTPMethod', `The method ${request.method} is not supported.`);
  }
  return handler;
}
