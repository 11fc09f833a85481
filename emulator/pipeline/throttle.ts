import { ApiError } from '../api-error.js';
import type { World } from '../world.js';
import type { ApiRequest, Caller } from './api-request.js';
import type { Quota } from './request-rate.js';

export const THROTTLED = 'Request was denied due to request throttling.';

/** STS: no quota is known. */
export function throttle(request: ApiRequest, caller: Caller, world: World): void {
  if (request.service !== 'imm' && request.service !== 'mts') return;
  if (world.rate.admit(quotas(request, caller, world), world.clock.now())) return;
  world.statistics.throttled();
  throw throttled(world, request.service);
}

/** MTS: an account and an action (api-facts.md §3). IMM: a project over all actions (§2.4). Both: see limits.ts. */
function quotas({ service, action, region, params }: ApiRequest, { account }: Caller, world: World): Quota[] {
  const { limits } = world;
  if (service === 'mts') {
    const limit = action === 'ListAllMediaBucket' ? limits.mtsListingPerSecond : limits.mtsPerSecond;
    return [
      ...quota([service, account, action], limit),
      ...quota([service, account], limits.mtsAccountPerSecond),
    ];
  }
  const project = params.get('ProjectName');
  return [
    ...(project ? quota([service, account, region, project], limits.immProjectPerSecond) : []),
    ...quota([service, account], limits.immAccountPerSecond),
  ];
}

/** Nothing for a limit that is off, so that it costs nothing either. */
function quota(key: readonly string[], limit: number): Quota[] {
  return Number.isFinite(limit) ? [[JSON.stringify(key), limit]] : [];
}

/** api-facts.md §4: ServiceUnavailable is HTTP 503; the status of the others is a switch. */
function throttled(world: World, service: string): ApiError {
  const { immThrottlingCode, mtsThrottlingCode, throttlingStatus } = world.switches;
  const code = service === 'imm' ? immThrottlingCode : mtsThrottlingCode;
  return new ApiError(code === 'ServiceUnavailable' ? 503 : throttlingStatus, code, THROTTLED);
}
