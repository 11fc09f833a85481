import { createHash } from 'node:crypto';
import { TransportError } from '../answers/errors.js';
import type { Configuration } from '../configuration/configuration.js';
import { Kept } from '../limits/kept.js';
import type { Bound } from '../limits/retry.js';
import type { Credentials } from '../records/redact.js';
import type { StsCall } from './credentials-source.js';

/** Whose credentials are in force. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** The credentials belong to an account that may not do this. No IMM or MPS request was sent. */
export class AccountError extends Error {
  override readonly name: string = 'AccountError';
}

/** Whose each credential is, by one way to STS: another endpoint may be another cloud, where the answer differs. */
export class Callers {
  readonly #sts: StsCall;
  readonly #known = new Map<string, Kept<Caller>>();

  constructor(sts: StsCall) {
    this.#sts = sts;
  }

  /** Asks STS once for each credential, on first use. Concurrent calls share one request, and a failure is asked again. */
  of(credentials: Credentials, bound: Bound): Promise<Caller> {
    const key = identityOf(credentials);
    const found = this.#known.get(key) ?? new Kept((shared) => ask(credentials, this.#sts, shared), late);
    this.#known.set(key, found);
    return found.get(bound);
  }
}

/** Throws AccountError where the configuration names the accounts to work in and this is none of them. */
export function checkAccount(
  { accountId, arn }: Caller,
  configuration: Pick<Configuration, 'accountId' | 'allowedAccountIds'>,
  source: string,
): void {
  const used = `The credentials in force belong to account ${accountId} (${arn}, from ${source})`;
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

const ACTION = 'GetCallerIdentity';
const late = () => new TransportError('sts', ACTION, 'no answer came in time', false);

async function ask(credentials: Credentials, sts: StsCall, bound: Bound): Promise<Caller> {
  const { body } = await sts(ACTION, {}, credentials, bound);
  const accountId = String(body.AccountId ?? '');
  if (!/^\d+$/.test(accountId)) throw new AccountError(`STS ${ACTION} answered without an account id.`);
  return { accountId, arn: typeof body.Arn === 'string' ? body.Arn : 'no ARN given' };
}

function identityOf({ accessKeyId, securityToken }: Credentials): string {
  return createHash('sha256')
    .update(JSON.stringify([accessKeyId, securityToken ?? null]))
    .digest('hex');
}
