import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api-error.js';
import { struckReply } from '../faults/replies.js';
import { delayOf, type FaultSpec } from '../faults/spec.js';
import { located } from '../imm/located.js';
import type { JournalEntry } from '../journal.js';
import { verify } from '../signature/verify.js';
import type { World } from '../world.js';
import { ANONYMOUS, type Received } from './api-request.js';
import { authorise } from './authorise.js';
import { carryOut } from './carry-out.js';
import { handlerOf } from './dispatch.js';
import { identify } from './identify.js';
import { entryOf, type Progress } from './progress.js';
import { errorReply, type Reply } from './reply.js';
import { throttle } from './throttle.js';

/** A reply, how it goes out, and the entry it has in the journal. */
export interface Delivery {
  readonly how: FaultSpec['delivery'];
  readonly reply: Reply;
  readonly entry: JournalEntry;
}

/** The way of one API request, in this order: identify, dispatch, verify, throttle, authorise, fault, effect, journal. */
export async function answer(received: Received, world: World): Promise<Delivery> {
  const { calls, timing } = world;
  if (timing.latency > 0) await sleep(timing.latency, undefined, { ref: false });
  const time = world.clock.now();
  const request = identify(received, world.random.requestId(), world.region);
  const progress: Progress = { request, time, caller: ANONYMOUS, strike: undefined, effects: 0 };
  if (calls.isWatched) await calls.reach('arrived', () => entryOf(progress));
  const own = await ownReply(progress, world);
  const { strike } = progress;
  const reply = strike ? struckReply(strike, own, request, world) : own;
  const how = strike?.spec.delivery ?? 'send';
  const isSent = how === 'send' || how === 'cut';
  const held = strike?.spec.delay?.of === 'reply' ? delayOf(strike, timing) : 0;
  const took = world.clock.now() - time + held;
  const entry = world.journal.record({ ...entryOf(progress, own, isSent ? reply.status : 0), took });
  world.statistics.answered(entry);
  if (calls.isWatched && strike?.spec.effects !== 0) await calls.reach('after-effect', () => entry);
  if (held > 0) await sleep(held, undefined, { ref: false });
  return { how, reply, entry };
}

/** A fault strikes only what would otherwise be carried out: its nonce is used, its account known, its quota spent. */
async function ownReply(progress: Progress, world: World): Promise<Reply> {
  try {
    const handler = handlerOf(progress.request);
    progress.caller = verify(progress.request, world);
    progress.request = located(progress.request, progress.caller, world);
    const { request } = progress;
    throttle(request, progress.caller, world);
    authorise(request, progress.caller, world);
    progress.strike = world.faults.pick(request, progress.caller);
    return await carryOut(progress, handler, world);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return errorReply(progress.request, error);
  }
}
