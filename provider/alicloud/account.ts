import { createHash } from 'node:crypto';
import type { Configuration } from './configuration.js';
import type { StsCall } from './credentials/source.js';
import type { Credentials } from './redact.js';

/** Whose credentials are in force. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** The credentials belong to an account that may not do this. No IMM or MPS request was sent. */
export class AccountError extends Error {
  override readonly name: string = 'AccountError';
}

/** One table for each way to STS: another endpoint may be another cloud, where the answer differs. */
const known = new WeakMap<StsCall, Map<string, Promise<Caller>>>();

/**
 * Asks STS once for each credential, on first use; `sts` has to be the same function on every call. Concurrent
 * calls share one request, and a failure is asked again.
 */
export function callerIdentity(credentials: Credentials, sts: StsCall, timeLeft?: number): Promise<Caller> {
  const callers = known.get(sts) ?? new Map<string, Promise<Caller>>();
  known.set(sts, callers);
  const key = identityOf(credentials);
  const found = callers.get(key);
  if (found) return found;
  const asked = ask(credentials, sts, timeLeft).catch((error: unknown) => {
    callers.delete(key);
    throw error;
  });
  callers.set(key, asked);
  return asked;
}

/** Throws AccountError where the configuration names the accounts to work in and this is none of them. */
export function checkAccount(
  { accountId, arn }: Caller,
  configuration: Pick<Configuration, 'accountId' | 'allowedAccountIds'>,
): void {
  const used = `The credentials in force belong to account ${accountId} (${arn})`;
  if (configuration.accountId !== undefined && configuration.accountId !== accountId) {
    throw new AccountError(
      `${used}, but the configured accountId is ${configuration.accountId}. No other request was sent.`,
    );
  }
  const allowed = configuration.allowedAccountIds;
  if (allowed.length > 0 && !allowed.includes(accountId)) {
    throw new AccountError(
      `${used}, but alicloud-media:allowedAccountIds allows only ${allowed.join(', ')}. No other request was sent.`,
    );
  }
}

async function ask(credentials: Credentials, sts: StsCall, timeLeft?: number): Promise<Caller> {
  const { body } = await sts('GetCallerIdentity', {}, credentials, timeLeft);
  const accountId = String(body.AccountId ?? '');
  if (!/^\d+$/.test(accountId))
    throw new AccountError('STS GetCallerIdentity answered without an account id.');
  return { accountId, arn: typeof body.Arn === 'string' ? body.Arn : 'no ARN given' };
}

function identityOf({ accessKeyId, securityToken }: Credentials): string {
  return createHash('sha256')
    .update(JSON.stringify([accessKeyId, securityToken ?? null]))
    .digest('hex');
}
