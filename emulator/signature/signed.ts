import { missingParameter } from '../api-error.js';

/** What both signatures come down to. */
export interface Signed {
  readonly accessKeyId: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly token: string;
  readonly signature: string;
  readonly stringToSign: string;
  /** The signature this secret would give. */
  sign(secret: string): string;
}

/** An unsigned request gives MissingAccessKeyId and so on: INFERRED from api-facts.md §2.5, Missing{ParameterName}. */
export function required(params: ReadonlyMap<string, string>, name: string): string {
  const value = params.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}
