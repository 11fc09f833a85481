/**
 * The documented pair the emulator knows when it is given no other. It opens nothing but an emulator:
 * the id has neither the prefix nor the length of a real AccessKey id, and no such account exists.
 */
export const TEST_ACCESS_KEY_ID = 'emulator-test-key-id';
export const TEST_ACCESS_KEY_SECRET = 'emulator-test-key-secret';
export const TEST_ACCOUNT_ID = '1000000000000001';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly account: string;
}

export const TEST_KEY: KeyPair = {
  accessKeyId: TEST_ACCESS_KEY_ID,
  accessKeySecret: TEST_ACCESS_KEY_SECRET,
  account: TEST_ACCOUNT_ID,
};

/** The pair of the environment, else the documented one: names as in api-facts.md §6, row 1. */
export function defaultKeys(env: NodeJS.ProcessEnv): KeyPair[] {
  const accessKeyId = env.ALIBABA_CLOUD_ACCESS_KEY_ID;
  const accessKeySecret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
  if (!accessKeyId || !accessKeySecret) return [TEST_KEY];
  return [{ accessKeyId, accessKeySecret, account: TEST_ACCOUNT_ID }];
}
