import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { UsageError } from '../usage-error.js';
import { isRecord, textIn } from './json.js';

/** A resource as the state has it before the run. */
export interface Before {
  readonly id: string | undefined;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly provider: string | undefined;
  /** Only read, by `get`. */
  readonly isExternal: boolean;
  readonly isProtected: boolean;
  readonly isRetained: boolean;
  readonly deletedWith: string | undefined;
}

/** What Pulumi is to do with one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  /** Undefined of what is made, and of everything in a plan. */
  readonly before: Before | undefined;
  /** The inputs that it is to have; undefined of what goes. */
  readonly news: Properties | undefined;
  readonly provider: string | undefined;
  /** The arguments that differ: those that replace it, where Pulumi tells them apart. */
  readonly differ: readonly string[];
}

export interface Preview {
  readonly source: 'preview' | 'plan';
  readonly steps: readonly Step[];
  /** How often each operation is to run, as Pulumi counts it: a preview leaves steps of `same` out. */
  readonly summary: ReadonlyMap<string, number>;
  /** It ended with an error, so that steps may be missing. */
  readonly hasFailed: boolean;
}

const EXPECTED = 'give what `pulumi preview --json` writes to standard output, or a plan of `--save-plan`';

/** Reads the JSON of a preview, or a plan. What is not read whole is an error: it would be reported as clean. */
export function readPreview(text: string, from: string): Preview {
  const parsed = parse(text, from);
  if (!isRecord(parsed)) throw new UsageError(`${from} is no preview: ${EXPECTED}`);
  const { steps, resourcePlans, changeSummary, diagnostics, duration } = parsed;
  if (isRecord(resourcePlans))
    return {
      source: 'plan',
      steps: Object.entries(resourcePlans).flatMap(([urn, plan]) => plannedSteps(urn, plan, from)),
      summary: new Map(),
      hasFailed: false,
    };
  // A preview in which nothing is to be done has no steps, and no summary.
  if (!Array.isArray(steps) && !(steps === undefined && typeof duration === 'number'))
    throw new UsageError(
      `${from} is no preview, since it holds neither steps nor resourcePlans: ${EXPECTED}`,
    );
  return {
    source: 'preview',
    steps: (steps ?? []).map((step: unknown) => previewedStep(step, from)),
    summary: new Map(
      Object.entries(isRecord(changeSummary) ? changeSummary : {}).filter(
        (entry): entry is [string, number] => Number.isSafeInteger(entry[1]),
      ),
    ),
    hasFailed:
      Array.isArray(diagnostics) && diagnostics.some((one) => isRecord(one) && one.severity === 'error'),
  };
}

function parse(text: string, from: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The message of the parser quotes the text, and nobody knows what is in it.
    const what = text.trim() === '' ? 'is empty' : 'is no JSON';
    throw new UsageError(`${from} ${what}: ${EXPECTED}, without standard error`);
  }
}

function previewedStep(step: unknown, from: string): Step {
  if (!isRecord(step) || typeof step.op !== 'string' || typeof step.urn !== 'string')
    throw new UsageError(`${from} holds a step without an operation or a resource: ${EXPECTED}`);
  const { op, urn, oldState, newState, replaceReasons } = step;
  return {
    op,
    urn,
    before: isRecord(oldState) ? beforeOf(oldState) : undefined,
    news: isRecord(newState) ? (isRecord(newState.inputs) ? newState.inputs : {}) : undefined,
    provider: isRecord(newState) ? textIn(newState.provider) : undefined,
    differ: Array.isArray(replaceReasons) ? replaceReasons.flatMap((one) => textIn(one) ?? []) : [],
  };
}

function beforeOf(state: Properties): Before {
  return {
    id: textIn(state.id),
    inputs: isRecord(state.inputs) ? state.inputs : {},
    outputs: isRecord(state.outputs) ? state.outputs : {},
    provider: textIn(state.provider),
    isExternal: state.external === true,
    isProtected: state.protect === true,
    isRetained: state.retainOnDelete === true,
    deletedWith: textIn(state.deletedWith),
  };
}

/** A plan tells what a resource is to be, and nothing of what it was: not even its id. */
function plannedSteps(urn: string, plan: unknown, from: string): readonly Step[] {
  if (!isRecord(plan) || !Array.isArray(plan.steps) || !plan.steps.every((op) => typeof op === 'string'))
    throw new UsageError(`${from} holds a plan of a resource without steps: ${EXPECTED}`);
  const { goal, state } = plan;
  const diff = isRecord(goal) && isRecord(goal.inputDiff) ? goal.inputDiff : {};
  const differ = [diff.adds, diff.updates].flatMap((part) => (isRecord(part) ? Object.keys(part) : []));
  const deleted = Array.isArray(diff.deletes) ? diff.deletes.flatMap((one) => textIn(one) ?? []) : [];
  return plan.steps.map((op: string) => ({
    op,
    urn,
    before: undefined,
    news: isRecord(state) ? state : undefined,
    provider: isRecord(goal) ? textIn(goal.provider) : undefined,
    differ: [...differ, ...deleted],
  }));
}
