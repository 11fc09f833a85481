import { askedId } from '../../lifecycle/define-function.js';
import { type FunctionDescription, functionTitle, functionToken } from '../../lifecycle/description.js';
import type { CheckFailure, Properties } from '../../lifecycle/lifecycle.js';
import { ask, checkQuestion } from '../asking.js';
import { FUNCTIONS } from '../functions.js';
import type { Call } from '../run-step.js';
import type { Session } from '../session.js';

export interface Asked {
  readonly result?: Properties;
  readonly failures: readonly CheckFailure[];
}

/** Runs the function of this token. */
export async function invoke(
  token: string,
  args: Properties,
  isPreview: boolean,
  session: () => Session,
  call: Call,
): Promise<Asked> {
  const question = FUNCTIONS.find(({ description }) => functionToken(description) === token);
  if (question === undefined) {
    const known = FUNCTIONS.map(({ description }) => functionTitle(description)).join(', ');
    throw new Error(`${token} is no function of alicloud-media; it has ${known}.`);
  }
  const { inputs, failures } = checkQuestion(question, args, session);
  if (failures.length > 0) return { failures };
  const missing = () => (isPreview ? unmade(question.description, inputs, session()) : undefined);
  return { failures, result: await ask(question, inputs, session, { call, missing }) };
}

/**
 * What a preview can answer about what it has shown as to be made. Some languages ask as soon as the arguments are
 * known, and the engine takes no unknown value from a function: what only the service can tell is left away.
 */
function unmade(
  description: FunctionDescription,
  inputs: Properties,
  session: Session,
): Properties | undefined {
  const { about = [description.subject], outputs } = description;
  const id = askedId(description, inputs);
  if (!about.some((resource) => session.isToBeMade(`${resource} ${id}`))) return undefined;
  const rows = Object.keys(outputs).filter((name) => outputs[name]?.type === 'rows');
  return { ...(outputs.id && { id }), ...Object.fromEntries(rows.map((name) => [name, []])) };
}
