import { ApiError } from '../api-error.js';
import type { Delivery, Fault } from '../faults.js';
import { recordedParams } from '../journal.js';
import { verify } from '../signature/verify.js';
import type { World } from '../world.js';
import { ANONYMOUS, type ApiRequest, type Caller, type Received } from './api-request.js';
import { authorise } from './authorise.js';
import { handlerOf } from './dispatch.js';
import { identify } from './identify.js';
import { errorReply, type Reply, successReply } from './reply.js';
import { throttle } from './throttle.js';

/** The way of one API request, in this order: identify, fault, verify, throttle, authorise, dispatch, journal, fault. */
export async function answer(received: Received, world: World): Promise<Delivery> {
  const time = world.clock.now();
  const request = identify(received, world.random.requestId(), world.region);
  const fault = world.faults.pick(request);
  let caller: Caller = ANONYMOUS;
  let reply: Reply;
  try {
    reply = (await world.faults.beforeEffect(fault, request, world)) ?? effect();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reply = errorReply(request, error);
  }
  record(world, request, caller, reply, fault, time);
  return world.faults.aroundReply(fault, reply, request);

  function effect(): Reply {
    const handler = handlerOf(request);
    caller = verify(request, world);
    throttle(request, caller, world);
    authorise(request, caller, world);
    const result = handler(request, caller, world);
    return successReply(request, result);
  }
}

function record(
  world: World,
  request: ApiRequest,
  caller: Caller,
  reply: Reply,
  fault: Fault | undefined,
  time: number,
): void {
  world.journal.record({
    time,
    service: request.service,
    version: request.version,
    action: request.action,
    account: caller.account,
    region: request.region,
    link: request.link,
    params: recordedParams(request.params),
    status: reply.status,
    code: reply.code,
    requestId: request.requestId,
    connection: request.connection,
    userAgent: request.headers['user-agent'] ?? '',
    method: request.method,
    fault: fault?.kind ?? '',
  });
}
