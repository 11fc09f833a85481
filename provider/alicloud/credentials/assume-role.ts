import { readFile } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import { CredentialsError, DeniedError, ExpiredError, ServiceError, TransportError } from '../errors.js';
import type { PopReply } from '../pop.js';
import { type Credentials, redact } from '../redact.js';
import { plain } from '../reply.js';
import type { OidcPlan, RolePlan, RoleSession } from './plan.js';
import { reasonOf } from './profile-file.js';
import { Secret } from './secret.js';
import type { Session } from './session.js';

export type StsCall = (
  action: string,
  params: Record<string, string | number>,
  credentials: Credentials | 'unsigned',
  /** Milliseconds that the caller has left; without it, those that an exchange may take. */
  timeLeft?: number,
) => Promise<PopReply>;

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
  clock: Clock,
): Promise<Session> {
  const externalId = plan.externalId?.reveal();
  const params = { ...sessionParams(plan), ...(externalId === undefined ? {} : { ExternalId: externalId }) };
  const hidden = externalId === undefined ? [] : [externalId];
  return ask({ action: 'AssumeRole', params, credentials: base, hidden }, plan.roleArn, sts, clock);
}

export async function assumeRoleWithOidc(plan: OidcPlan, sts: StsCall, clock: Clock): Promise<Session> {
  // The file is read every time: whoever issues tokens replaces it before the token in it ends.
  const token = plan.token instanceof Secret ? plan.token.reveal() : await tokenIn(plan.token.file);
  const params = { ...sessionParams(plan), OIDCProviderArn: plan.oidcProviderArn, OIDCToken: token };
  return ask(
    { action: 'AssumeRoleWithOIDC', params, credentials: 'unsigned', hidden: [token] },
    plan.roleArn,
    sts,
    clock,
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

async function ask(asked: Asked, roleArn: string, sts: StsCall, clock: Clock): Promise<Session> {
  const { action, params, credentials, hidden } = asked;
  const askedAt = clock.now();
  let reply: PopReply;
  try {
    reply = await sts(action, params, credentials);
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof TransportError)) throw error;
    const used = credentials === 'unsigned' ? undefined : credentials;
    const text = hidden.reduce(
      (told, secret) => told.split(secret).join('[redacted]'),
      redact(error.message, used),
    );
    const Failure = error instanceof ExpiredError ? ExpiredBaseError : CredentialsError;
    throw new Failure(`The role ${roleArn} cannot be assumed: ${text}. ${hintOf(error, action)}`);
  }
  const given = plain(reply.body.Credentials) ?? {};
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = given;
  if (!isText(AccessKeyId) || !isText(AccessKeySecret) || !isText(SecurityToken)) {
    throw new CredentialsError(
      `The role ${roleArn} cannot be assumed: STS ${action} answered without credentials.`,
    );
  }
  // Expiration is a time of the service's clock; the local one may differ by minutes.
  const end = isText(Expiration) ? Date.parse(Expiration) : Number.NaN;
  const asGiven = end - (reply.date ?? askedAt);
  const lifetime = Number.isNaN(asGiven) ? Number(params.DurationSeconds) * 1000 : asGiven;
  return {
    credentials: { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken },
    refreshAt: askedAt + lifetime - Math.min(300_000, lifetime / 4),
    expiresAt: askedAt + lifetime,
  };
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
