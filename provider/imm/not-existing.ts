import { NotFoundError } from '../alicloud/answers/errors.js';
import { NotThereError } from '../lifecycle/failures.js';

/** The answer to a question; for what the service does not find an error that says what it may be. */
export async function existing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NotThereError(`${what} does not exist: ${error.message}.`);
  }
}
