import { readFile } from 'node:fs/promises';
import {
  CredentialsError,
  DeniedError,
  ExpiredError,
  ServiceError,
  TransportError,
  WrongKeysError,
} from '../answers/errors.js';
import { plain } from '../answers/reply.js';
import type { Bound } from '../limits/retry.js';
import { telling } from '../limits/telling.js';
import type { Credentials } from '../records/redact.js';
import type { PopReply } from '../sending/pop.js';
import type { StsCall } from './credentials-source.js';
import type { OidcPlan, RolePlan, RoleSession } from './plan.js';
import { reasonOf } from './profile-file.js';
import { Secret } from './secret.js';
import { endIn, type Session, sessionFor } from './session.js';

const NETWORK = 'Check the network between this machine and STS, then run the same command again.';

/** The credentials that a role was to be assumed with were refused. */
export class RefusedBaseError extends CredentialsError {
  constructor(
    message: string,
    hint: string,
    readonly isExpired: boolean,
  ) {
    super(message, hint);
  }
}

interface Asked {
  readonly action: 'AssumeRole' | 'AssumeRoleWithOIDC';
  readonly params: Record<string, string | number>;
  readonly credentials: Credentials | 'unsigned';
  /** What no message may repeat. */
  readonly hidden: readonly string[];
  /** What a person can do where it is denied. */
  readonly hint: string;
}

export async function assumeRole(
  plan: RolePlan,
  base: Credentials,
  sts: StsCall,
  bound: Bound,
): Promise<Session> {
  const externalId = plan.externalId?.reveal();
  const params = { ...sessionParams(plan), ...(externalId === undefined ? {} : { ExternalId: externalId }) };
  const hidden = externalId === undefined ? [] : [externalId];
  const hint =
    'The caller needs sts:AssumeRole on this role, and the trust policy of the role must name the caller.';
  return ask({ action: 'AssumeRole', params, credentials: base, hidden, hint }, plan.roleArn, sts, bound);
}

export async function assumeRoleWithOidc(plan: OidcPlan, sts: StsCall, bound: Bound): Promise<Session> {
  // The file is read every time: whoever issues tokens replaces it before the token in it ends.
  const token = plan.token instanceof Secret ? plan.token.reveal() : await tokenIn(plan.token.file);
  const params = { ...sessionParams(plan), OIDCProviderArn: plan.oidcProviderArn, OIDCToken: token };
  const hint =
    'The trust policy of the role must name the OIDC provider and fit the token, and the token must be in force. ' +
    `They were given by ${plan.source}.`;
  return ask(
    { action: 'AssumeRoleWithOIDC', params, credentials: 'unsigned', hidden: [token], hint },
    plan.roleArn,
    sts,
    bound,
  );
}

function sessionParams({
  roleArn,
  sessionName,
  policy,
  sessionExpiration,
}: RoleSession): Record<string, string | number> {
  return {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: sessionExpiration,
    ...(policy === undefined ? {} : { Policy: policy }),
  };
}

async function tokenIn(file: string): Promise<string> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    throw new CredentialsError(`The OIDC token file ${file} cannot be read (${reasonOf(error)}).`);
  }
  const token = content.trim();
  if (token === '') throw new CredentialsError(`The OIDC token file ${file} is empty.`);
  return token;
}

/** What a role's exchange ends with where no answer came in the time of whoever waits for it. */
export function lateFor({ roleArn }: RoleSession): CredentialsError {
  return new CredentialsError(`The role ${roleArn} cannot be assumed: STS gave no answer in time`, NETWORK);
}

async function ask(asked: Asked, roleArn: string, sts: StsCall, bound: Bound): Promise<Session> {
  const { action, params, credentials } = asked;
  let reply: PopReply;
  try {
    const told = telling(bound, (error) => failureOf(asked, roleArn, error) ?? error);
    reply = await sts(action, params, credentials, told);
  } catch (error) {
    throw failureOf(asked, roleArn, error) ?? error;
  }
  const now = bound.clock.now();
  const given = plain(reply.body.Credentials) ?? {};
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = given;
  if (!isText(AccessKeyId) || !isText(AccessKeySecret) || !isText(SecurityToken)) {
    throw new CredentialsError(
      `The role ${roleArn} cannot be assumed: STS ${action} answered without credentials.`,
    );
  }
  // Expiration is a time of the service's clock; the local one may differ by minutes.
  const asGiven = endIn(Expiration) - (reply.date ?? now);
  const lifetime = Number.isNaN(asGiven) ? Number(params.DurationSeconds) * 1000 : asGiven;
  return sessionFor(
    { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken },
    lifetime,
    now,
  );
}

function failureOf(
  { action, hidden, hint }: Asked,
  roleArn: string,
  error: unknown,
): CredentialsError | undefined {
  if (!(error instanceof ServiceError || error instanceof TransportError)) return undefined;
  // The keys that signed it are out of the text already.
  const text = hidden.reduce((told, secret) => told.split(secret).join('[redacted]'), error.message);
  const message = `The role ${roleArn} cannot be assumed: ${text}`;
  const isExpired = error instanceof ExpiredError;
  const isAboutKeys = isExpired || error instanceof WrongKeysError;
  const isRefusal = error instanceof DeniedError && !error.code.startsWith('InvalidTimeStamp');
  const advice = isRefusal && !isAboutKeys ? hint : error.hint;
  return action === 'AssumeRole' && (isAboutKeys || isRefusal)
    ? new RefusedBaseError(message, advice, isExpired)
    : new CredentialsError(message, advice);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
