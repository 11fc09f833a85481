import { ConfigurationError } from '../alicloud/answers/errors.js';
import { checkAsked } from '../lifecycle/check.js';
import { askedId, type MediaFunction } from '../lifecycle/define-function.js';
import { functionTitle } from '../lifecycle/description.js';
import { NotThereError, ParentMissingError } from '../lifecycle/failures.js';
import type { CheckResult, Properties } from '../lifecycle/lifecycle.js';
import { FUNCTIONS } from './functions.js';
import { sharedIn } from './program-sessions.js';
import { type Call, runStep } from './run-step.js';
import type { Say, Session } from './session.js';
import { StepError } from './step-error.js';

/** What is wrong with the arguments of a function; else its inputs. */
export function checkQuestion(
  { description }: MediaFunction,
  args: Properties,
  session: () => Session,
): CheckResult {
  try {
    return checkAsked(description, args, session().checkContext);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { inputs: args, failures: error.problems.map((reason) => ({ property: '', reason })) };
  }
}

interface Circumstances {
  readonly call?: Call;
  /** The answer where what is asked for does not exist; undefined where that is a failure. */
  readonly missing?: () => Properties | undefined;
}

/** The answer to a function of checked inputs. */
export function ask(
  { description, ask: answer }: MediaFunction,
  inputs: Properties,
  session: () => Session,
  { call, missing }: Circumstances = {},
): Promise<Properties> {
  const subject = `${description.subject} ${askedId(description, inputs)}`;
  return runStep({ kind: 'read', subject, timed: {}, session, call }, async (operation) => {
    // Before any request about what is asked for: it may be of another account than the credentials.
    await operation.account();
    return answer(inputs, operation).catch((error: unknown) => {
      const isMissing = error instanceof NotThereError || error instanceof ParentMissingError;
      const instead = isMissing ? missing?.() : undefined;
      if (instead === undefined) throw error;
      return instead;
    });
  });
}

/** How a program asks, in its own process. */
export interface Asking {
  /** The same object for all calls of one run of the program: they share what a provider's process would share. */
  readonly run: object;
  /** Told once of what concerns all calls. */
  readonly say: Say;
}

/** The same, for a program: `title` is `imm.getProject` and the like, `config` all of a configuration, by key. */
export async function askInProgram(
  title: string,
  args: Properties,
  config: Readonly<Record<string, string>>,
  { run, say }: Asking,
): Promise<Properties> {
  const question = FUNCTIONS.find(({ description }) => functionTitle(description) === title);
  if (question === undefined) throw new Error(`${title} is no function of this package.`);
  const { session, turns } = sharedIn(run, config, say);
  const { inputs, failures } = checkQuestion(question, args, () => session);
  if (failures.length > 0) {
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`).join('\n');
    throw new StepError('read', question.description.subject, new Error(reasons), '');
  }
  return turns.take(() => ask(question, inputs, () => session));
}
