import { functionTitle, functionToken } from '../../lifecycle/description.js';
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
  return { failures, result: await ask(question, inputs, session, call) };
}
