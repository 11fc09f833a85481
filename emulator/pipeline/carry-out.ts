import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api-error.js';
import { NO_REPLY, struckReply } from '../faults/replies.js';
import type { Strike } from '../faults/rules.js';
import { delayOf } from '../faults/spec.js';
import { staleness } from '../faults/stale.js';
import type { World } from '../world.js';
import type { ApiRequest } from './api-request.js';
import type { Handler } from './handler.js';
import { entryOf, type Progress } from './progress.js';
import { errorReply, type Reply, successReply } from './reply.js';

/** Carries the operation out as often as a fault says, once without one. Without an effect: what the fault answers. */
export async function carryOut(progress: Progress, handler: Handler, world: World): Promise<Reply> {
  const { strike, request } = progress;
  if (strike) {
    if (strike.spec.reply === 'throttled') world.statistics.throttled();
    if (strike.spec.changes === 'credential') world.credentials.expire(progress.caller.accessKeyId);
    if (strike.spec.effects === 0) return struckReply(strike, NO_REPLY, request, world);
    if (strike.spec.delay?.of === 'effect') {
      await sleep(delayOf(strike, world.timing), undefined, { ref: false });
    }
  }
  if (world.calls.isWatched) await world.calls.reach('before-effect', () => entryOf(progress));
  if (!strike) return run(progress, request, handler, world);
  return runStruck(progress, strike, handler, world);
}

function runStruck(progress: Progress, strike: Strike, handler: Handler, world: World): Reply {
  const milliseconds = delayOf(strike, world.timing);
  const { changes, effects } = strike.spec;
  const { request, caller } = progress;
  const hold = changes === 'reads' ? staleness(request, caller, world, milliseconds) : undefined;
  const struck = withOutcome(request, changes, milliseconds);
  let reply = run(progress, struck, handler, world);
  if (effects === 2) reply = run(progress, struck, handler, world);
  if (progress.effects > 0) hold?.();
  return reply;
}

function withOutcome(
  request: ApiRequest,
  changes: Strike['spec']['changes'],
  milliseconds: number,
): ApiRequest {
  if (changes === undefined || changes === 'reads' || changes === 'credential') return request;
  return { ...request, outcome: { as: changes, milliseconds } };
}

function run(progress: Progress, request: ApiRequest, handler: Handler, world: World): Reply {
  try {
    const result = handler(request, progress.caller, world);
    progress.effects += 1;
    return successReply(request, result);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return errorReply(request, error);
  }
}
