import { moment } from '../../lifecycle/evidence.js';
import { HalfMadeError, RemadeError } from '../../lifecycle/failures.js';
import type { Properties } from '../../lifecycle/lifecycle.js';
import { isSameMoment } from '../../lifecycle/link.js';
import type { Operation } from '../../lifecycle/operation.js';
import { keeping, standingOf } from '../../lifecycle/standing.js';
import { type Binding, type BindingNames, idOf } from './binding.js';
import { lookAtBinding } from './look-at-binding.js';

/** States in which waiting ends. `Deleted` never arrives here: it reads as gone. */
const SETTLED: readonly string[] = ['Running', 'Stopped', 'Failed'];

interface ObservedOutputs {
  readonly createTime: string;
  readonly status: 'Active' | 'Stopped' | 'Failed';
  readonly failedReason: string | undefined;
}

/** Waits until a binding is Running, where that is asked for, and gives its outputs. Keeps it if that fails. */
export async function settle(
  operation: Operation,
  properties: Properties,
  made: Binding,
): Promise<Properties> {
  const names = properties as unknown as BindingNames;
  const id = idOf(names);
  const { claim } = standingOf(properties);
  const observed = (binding: Binding) => keeping({ ...properties, ...stateOf(binding) }, { claim });
  let outputs = observed(made);
  try {
    if (properties.skipAwait !== true) outputs = observed(await untilRunning(operation, names, made));
    if (outputs.status !== 'Failed') return outputs;
  } catch (error) {
    // Ours is gone, and what is there now is no business of this stack.
    if (error instanceof RemadeError) throw error;
    // It is there: a state that does not know it would never delete it.
    throw new HalfMadeError(id, keeping(outputs, { claim, unfinished: 'waiting' }), error as Error);
  }
  const reason = outputs.failedReason ?? 'no reason given';
  throw new HalfMadeError(
    id,
    outputs,
    new Error(
      `the service made it and says State Failed: ${reason}. Mend the cause; the next \`pulumi up\` replaces it.`,
    ),
  );
}

/** Whether a wait for this binding would be over. */
export function isSettled({ state }: Binding, { skipAwait }: Properties): boolean {
  return skipAwait === true || SETTLED.includes(state);
}

function untilRunning(operation: Operation, names: BindingNames, made: Binding): Promise<Binding> {
  let first: Binding | undefined = made;
  let after: number | undefined;
  return operation.until('waiting until it is Running', async (saw) => {
    const binding = first ?? (await look());
    first = undefined;
    saw(binding === undefined ? 'not found yet' : `State ${binding.state}`);
    return binding && SETTLED.includes(binding.state) ? binding : undefined;
  });

  async function look(): Promise<Binding | undefined> {
    const seen = await lookAtBinding(operation, names, { absence: 'listed', after });
    after = moment();
    if (seen.is !== 'present') return undefined;
    if (isSameMoment(Date.parse(made.createTime), Date.parse(seen.found.createTime))) return seen.found;
    // One that was there before may still be shown for a while.
    if (Date.parse(seen.found.createTime) < Date.parse(made.createTime)) return undefined;
    throw new RemadeError(made.createTime, seen.found.createTime);
  }
}

/** One making has one time: that two replies tell it a second apart is no change of what `outputs` say of it. */
export function stateOf(
  { state, reason, createTime: shown }: Binding,
  outputs: Properties = {},
): ObservedOutputs {
  const own = String(outputs.createTime);
  const isSame = !Number.isNaN(Date.parse(own)) && isSameMoment(Date.parse(own), Date.parse(shown));
  const createTime = isSame ? own : shown;
  if (state === 'Failed') return { createTime, status: 'Failed', failedReason: reason || 'no reason given' };
  // undefined is dropped on the way to the engine, and takes a reason that no longer holds with it.
  return { createTime, status: state === 'Stopped' ? 'Stopped' : 'Active', failedReason: undefined };
}
