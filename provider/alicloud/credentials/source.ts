import { CredentialsError } from '../answers/errors.js';
import type { Bound } from '../limits/retry.js';
import type { Credentials } from '../records/redact.js';
import { assumeRole, assumeRoleWithOidc, lateFor, RefusedBaseError } from './assume-role.js';
import {
  type CredentialsContext,
  type CredentialsSource,
  keysAdvice,
  type StsCall,
} from './credentials-source.js';
import { chainSource } from './default-chain.js';
import type { CredentialsPlan, KeysPlan, OidcPlan, RolePlan } from './plan.js';
import { profileSource } from './profile-source.js';
import { ecsRoleSource, uriSource } from './remote-sources.js';
import { type Session, SessionCache } from './session.js';

export function credentialsSource(plan: CredentialsPlan, context: CredentialsContext): CredentialsSource {
  const source = sourceOf(plan, context);
  let last: Credentials | undefined;
  return {
    get description() {
      return source.description;
    },
    get: async (bound) => {
      last = await source.get(bound);
      return last;
    },
    renew: (refused) => {
      const replaced =
        refused &&
        (refused.accessKeyId !== last?.accessKeyId || refused.securityToken !== last.securityToken);
      if (replaced) return true;
      if (!source.renew()) return false;
      last = undefined;
      return true;
    },
  };
}

function sourceOf(plan: CredentialsPlan, context: CredentialsContext): CredentialsSource {
  const inner = (other: CredentialsPlan) => credentialsSource(other, context);
  switch (plan.kind) {
    case 'keys':
      return staticKeys(plan);
    case 'profile':
      return profileSource(plan, context, inner);
    case 'role':
      return role(plan, inner(plan.base), context.sts);
    case 'oidc':
      return oidc(plan, context.sts);
    case 'ecsRole':
      return ecsRoleSource(plan, context, true);
    case 'uri':
      return uriSource(plan, context);
    case 'chain':
      return chainSource(context, inner);
  }
}

function staticKeys({ source, accessKeyId, accessKeySecret, securityToken }: KeysPlan): CredentialsSource {
  const token = () => (securityToken === undefined ? {} : { securityToken: securityToken.reveal() });
  return {
    description: source,
    get: async () => ({
      accessKeyId: accessKeyId.reveal(),
      accessKeySecret: accessKeySecret.reveal(),
      ...token(),
    }),
    renew: () => false,
  };
}

function role(plan: RolePlan, base: CredentialsSource, sts: StsCall): CredentialsSource {
  const cache = new SessionCache(
    (bound) => roleSession(plan, base, sts, bound),
    () => lateFor(plan),
  );
  return {
    get description() {
      return `${base.description}, role ${plan.roleArn}`;
    },
    get: (bound) => cache.get(bound),
    renew: () => {
      base.renew();
      cache.forget();
      return true;
    },
  };
}

/** Keys that have expired are asked for once more, where their source can give others. */
async function roleSession(
  plan: RolePlan,
  base: CredentialsSource,
  sts: StsCall,
  bound: Bound,
): Promise<Session> {
  const first = await base.get(bound);
  const failed = (error: unknown): never => {
    throw error instanceof RefusedBaseError
      ? new CredentialsError(error.message, `${error.hint} ${keysAdvice(base)}`)
      : error;
  };
  try {
    return await assumeRole(plan, first, sts, bound);
  } catch (error) {
    const isExpired = error instanceof RefusedBaseError && error.isExpired;
    if (!isExpired || !base.renew(first)) return failed(error);
    return assumeRole(plan, await base.get(bound), sts, bound).catch(failed);
  }
}

function oidc(plan: OidcPlan, sts: StsCall): CredentialsSource {
  const cache = new SessionCache(
    (bound) => assumeRoleWithOidc(plan, sts, bound),
    () => lateFor(plan),
  );
  return {
    description: `${plan.source}, role ${plan.roleArn}`,
    get: (bound) => cache.get(bound),
    renew: () => {
      cache.forget();
      return true;
    },
  };
}
