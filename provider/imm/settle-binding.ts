import { HalfMadeError } from '../lifecycle/failures.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import { sure } from '../lifecycle/make-link.js';
import type { Operation } from '../lifecycle/operation.js';
import { type Binding, type BindingLink, idOf } from './binding.js';
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
  link: BindingLink,
  properties: Properties,
  made: Binding,
): Promise<Properties> {
  const id = idOf(link);
  let outputs: Properties = { ...sure(properties), ...stateOf(made) };
  try {
    const binding = properties.skipAwait === true ? made : await untilRunning(operation, link, made);
    outputs = { ...sure(properties), ...stateOf(binding) };
    if (outputs.status !== 'Failed') return outputs;
  } catch (error) {
    // It is there: a state that does not know it would never delete it.
    throw new HalfMadeError(id, { ...outputs, waiting: true }, error as Error);
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

function untilRunning(operation: Operation, link: BindingLink, made: Binding): Promise<Binding> {
  let first: Binding | undefined = made;
  return operation.until('waiting until it is Running', async (saw) => {
    const binding = first ?? (await lookAtBinding(operation, link));
    first = undefined;
    saw(binding === undefined ? 'not found yet' : `State ${binding.state}`);
    return binding && SETTLED.includes(binding.state) ? binding : undefined;
  });
}

export function stateOf({ state, reason, createTime }: Binding): ObservedOutputs {
  if (state === 'Failed') return { createTime, status: 'Failed', failedReason: reason || 'no reason given' };
  // undefined is dropped on the way to the engine, and takes a reason that no longer holds with it.
  return { createTime, status: state === 'Stopped' ? 'Stopped' : 'Active', failedReason: undefined };
}
