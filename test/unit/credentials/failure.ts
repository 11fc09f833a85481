import { inspect } from 'node:util';
import { expect } from 'vitest';
import { CredentialsError } from '../../../provider/alicloud/answers/errors.js';

/** Everything that could be printed of the error that this ends with. */
export async function failure(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CredentialsError);
  return inspect(error, { depth: Number.POSITIVE_INFINITY });
}
