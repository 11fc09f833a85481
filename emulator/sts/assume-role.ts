import { createHash } from 'node:crypto';
import { ApiError, missingParameter } from '../api-error.js';
import { utcSeconds } from '../clock.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import type { Handler } from '../pipeline/handler.js';
import type { World } from '../world.js';

/** The token the emulator takes for a bad one; any other text is accepted. */
const INVALID_TOKEN = 'invalid';

/** ExternalId and Policy are accepted and have no effect: there is no policy language here. */
export const assumeRole: Handler = (request, _caller, world) => issue(request, world);

export const assumeRoleWithOidc: Handler = (request, _caller, world) => {
  const token = (request.params.get('OIDCToken') ?? '').trim();
  if (token === '') throw missingParameter('OIDCToken');
  if (!request.params.get('OIDCProviderArn')) throw missingParameter('OIDCProviderArn');
  if (token === INVALID_TOKEN) {
    // An assumed code: STS errors are not in api-facts.md.
    throw new ApiError(400, 'AuthenticationFail.OIDCToken.Invalid', 'The OIDC token is not valid.');
  }
  return issue(request, world);
};

/** A made-up id of a role that stays the same. */
export function roleId(role: string): string {
  return `3${createHash('sha256').update(role).digest('hex').replace(/\D/g, '').slice(0, 17)}`;
}

function issue(request: ApiRequest, world: World): Record<string, unknown> {
  const [account, role] = parseRoleArn(request);
  const session = request.params.get('RoleSessionName');
  if (!session) throw missingParameter('RoleSessionName');
  const lifetime = world.timing.tokenLifetime ?? requestedLifetime(request);
  const credential = world.credentials.issue(account, role, session, lifetime);
  return {
    AssumedRoleUser: {
      Arn: `acs:ram::${account}:role/${role}/${session}`,
      AssumedRoleId: `${roleId(role)}:${session}`,
    },
    Credentials: {
      AccessKeyId: credential.accessKeyId,
      AccessKeySecret: credential.accessKeySecret,
      SecurityToken: credential.token,
      Expiration: utcSeconds(credential.expiresAt),
    },
  };
}

function parseRoleArn(request: ApiRequest): [account: string, role: string] {
  const arn = request.params.get('RoleArn');
  if (!arn) throw missingParameter('RoleArn');
  const [, account, role] = /^acs:ram::(\d+):role\/([\w.-]+)$/.exec(arn) ?? [];
  if (account === undefined || role === undefined) {
    throw new ApiError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
  }
  return [account, role];
}

/** DurationSeconds, at least 900 as @alicloud/credentials checks; the default is 3600 (api-facts.md §7). */
function requestedLifetime(request: ApiRequest): number {
  const text = request.params.get('DurationSeconds') || '3600';
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  if (seconds < 900 || seconds > 43200) {
    throw new ApiError(400, 'InvalidParameter.DurationSeconds', 'DurationSeconds must be from 900 to 43200.');
  }
  return seconds * 1000;
}
