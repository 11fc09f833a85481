import { parseDuration } from '../lifecycle/duration.js';
import { HalfMadeError } from '../lifecycle/failures.js';
import type { Properties } from '../lifecycle/lifecycle.js';
import { type Kind, Operation } from '../lifecycle/operation.js';
import { plainOutputs } from '../lifecycle/outputs.js';
import type { Caller } from './ownership.js';
import type { Say, Session } from './session.js';
import { KeptError, StepError } from './step-error.js';

/** Milliseconds for a step that no `customTimeouts` bounds. */
const DEFAULT_TIMEOUT = 10 * 60_000;

/** What a host knows of one call of a step, where it knows more than the session. */
export interface Call {
  readonly say?: Say;
  /** Aborts when the run is interrupted. */
  readonly signal?: AbortSignal;
  /** Milliseconds; without it the `customTimeouts` among the properties bound the step. */
  readonly timeout?: number | undefined;
  readonly caller?: Caller | undefined;
}

export interface Step {
  readonly kind: Kind;
  /** `imm.DatasetBinding cn-shanghai/…`. */
  readonly subject: string;
  /** Where its `customTimeouts` stand. */
  readonly timed: Properties;
  readonly session: () => Session;
  readonly call: Call | undefined;
}

/** Runs one step of a lifecycle, or a function: within its time, and with what went wrong explained. */
export async function runStep<T>(
  { kind, subject, timed, session: made, call: { say, signal, timeout } = {} }: Step,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  let keysAdvice = () => '';
  try {
    signal?.throwIfAborted();
    const session = made();
    const { wire } = session;
    // Where they came from is known when they were asked for.
    keysAdvice = () => wire.keysAdvice;
    const operation = new Operation({
      kind,
      subject,
      wire,
      ...session.surroundings,
      timeout: timeout ?? timeoutOf(kind, timed),
      ...(signal !== undefined && { signal }),
      adoptable: session.adoptable,
      ownerOf: (title, id) => session.ownerOf(title, id),
      isReplaced: session.isKept(subject),
      say: say ?? ((severity, text) => session.say(severity, text)),
    });
    return await session.counted(() => work(operation));
  } catch (error) {
    const cause = error instanceof HalfMadeError ? error.cause : error;
    const failure = new StepError(kind, subject, cause, keysAdvice());
    throw error instanceof HalfMadeError
      ? new KeptError(error.id, plainOutputs(error.outputs), failure)
      : failure;
  }
}

function timeoutOf(kind: Kind, { customTimeouts }: Properties): number {
  return parseDuration((customTimeouts as Record<string, unknown> | undefined)?.[kind]) ?? DEFAULT_TIMEOUT;
}
