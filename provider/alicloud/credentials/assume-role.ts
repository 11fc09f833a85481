import { readFile } from 'node:fs/promises';
import { CredentialsError, DeniedError, ExpiredError, ServiceError, TransportError } from '../errors.js';
import type { PopReply } from '../pop.js';
import type { Credentials } from '../redact.js';
import { plain } from '../reply.js';
import type { Bound } from '../retry.js';
import { telling } from '../telling.js';
import type { StsCall } from './credentials-source.js';
import type { OidcPlan, RolePlan, RoleSession } from './plan.js';
import { reasonOf } from './profile-file.js';
import { Secret } from './secret.js';
import { endIn, type Session, sessionFor } from './session.js';

const NETWORK = 'Check the network between this machine and STS, then run the same command again.';

/** The credentials that a role was to be assumed with have expired. */
export class ExpiredBaseError extends CredentialsError {}

interface Asked {
  readonly action: 'AssumeRole' | 'AssumeRoleWithOIDC';
  readonly params: Record<string, string | number>;
  readonly credentials: Credentials | 'unsigned';
  /** What no message may repeat. */
  readonly hidden: readonly string[];
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
  return ask({ action: 'AssumeRole', params, credentials: base, hidden }, plan.roleArn, sts, bound);
}

export async function assumeRoleWithOidc(plan: OidcPlan, sts: StsCall, bound: Bound): Promise<Session> {
  // The file is read every time: whoever issues tokens replaces it before the token in it ends.
  const token = plan.token instanceof Secret ? plan.token.reveal() : await tokenIn(plan.token.file);
  const params = { ...sessionParams(plan), OIDCProviderArn: plan.oidcProviderArn, OIDCToken: token };
  return ask(
    { action: 'AssumeRoleWithOIDC', params, credentials: 'unsigned', hidden: [token] },
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

function failureOf({ action, hidden }: Asked, roleArn: string, error: unknown): CredentialsError | undefined {
  if (!(error instanceof ServiceError || error instanceof TransportError)) return undefined;
  // The keys that signed it are out of the text already.
  const text = hidden.reduce((told, secret) => told.split(secret).join('[redacted]'), error.message);
  const Failure = error instanceof ExpiredError ? ExpiredBaseError : CredentialsError;
  return new Failure(`The role ${roleArn} cannot be assumed: ${text}`, hintOf(error, action));
}

function hintOf(error: ServiceError | TransportError, action: string): string {
  if (!(error instanceof DeniedError)) return error.hint;
  return action === 'AssumeRole'
    ? 'The caller needs sts:AssumeRole on this role, and the trust policy of the role must name the caller.'
    : 'The trust policy of the role must name the OIDC provider and fit the token, and the token must be in force.';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
