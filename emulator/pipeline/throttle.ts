import { ApiError } from '../api-error.js';
import type { World } from '../world.js';
import type { ApiRequest, Caller } from './api-request.js';

const MESSAGE = 'Request was denied due to request throttling.';

/** Counts in fixed windows of one second: the limit "resets every second" (api-facts.md §2.4, quotas). */
export class RequestRate {
  #second = Number.NaN;
  readonly #counts = new Map<string, number>();

  /** False when `key` has had `limit` requests in this second. A refused request is not counted. */
  admit(key: string, limit: number, now: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const count = this.#counts.get(key) ?? 0;
    if (count >= limit) return false;
    this.#counts.set(key, count + 1);
    return true;
  }
}

/** MTS: an account and an action (api-facts.md §3). IMM: a project over all actions (§2.4). STS: none known. */
export function throttle(request: ApiRequest, caller: Caller, world: World): void {
  const { limits, rate, clock } = world;
  const now = clock.now();
  if (request.service === 'mts') {
    const limit = request.action === 'ListAllMediaBucket' ? limits.mtsListingPerSecond : limits.mtsPerSecond;
    const key = JSON.stringify(['mts', caller.account, request.action]);
    if (!rate.admit(key, limit, now)) throw throttled(world, 'mts');
  }
  const project = request.params.get('ProjectName');
  if (request.service === 'imm' && project) {
    const key = JSON.stringify(['imm', caller.account, request.region, project]);
    if (!rate.admit(key, limits.immProjectPerSecond, now)) throw throttled(world, 'imm');
  }
}

/** api-facts.md §4: ServiceUnavailable is HTTP 503; the status of the others is a switch. */
export function throttled(world: World, service: string): ApiError {
  const { immThrottlingCode, mtsThrottlingCode, throttlingStatus } = world.switches;
  const code = service === 'imm' ? immThrottlingCode : mtsThrottlingCode;
  return new ApiError(code === 'ServiceUnavailable' ? 503 : throttlingStatus, code, MESSAGE);
}
