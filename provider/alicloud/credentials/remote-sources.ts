import { CredentialsError, UnavailableError } from '../answers/errors.js';
import { type Bound, retrying } from '../limits/retry.js';
import type { CredentialsContext, CredentialsSource } from './credentials-source.js';
import { askMetadata } from './metadata.js';
import type { EcsRolePlan, UriPlan } from './plan.js';
import { type Session, SessionCache } from './session.js';
import { lateAnswer, type Remote, replyOf, sessionOf } from './temporary-keys.js';

export function uriSource(plan: UriPlan, { plain }: CredentialsContext): CredentialsSource {
  const remote: Remote = {
    title: `credentials URI (${plan.source})`,
    hint: 'Check what serves it, then run the same command again.',
  };
  return remoteSource(remote, (bound) =>
    retrying(bound, async () => {
      const reply = await replyOf(remote, plain(new URL(plan.uri.reveal()), {}, bound));
      return sessionOf(remote, reply, bound.clock.now());
    }),
  );
}

/** `isNamed`: a person said that there is such a role. Else it is looked once whether this machine is an ECS instance. */
export function ecsRoleSource(
  { roleName, source }: EcsRolePlan,
  context: CredentialsContext,
  isNamed: boolean,
): CredentialsSource {
  const remote: Remote = {
    title: `ECS role${roleName === '' ? '' : ` '${roleName}'`} (${source})`,
    hint: 'Check that this machine is an ECS instance that has the RAM role.',
  };
  let isThere = isNamed;
  return remoteSource(remote, (bound) =>
    retrying(bound, async () => {
      try {
        const session = await askMetadata(remote, roleName, context, bound);
        isThere = true;
        return session;
      } catch (error) {
        if (isThere || !(error instanceof UnavailableError) || error.reached === 'answered') throw error;
        throw new CredentialsError(error.message, error.hint);
      }
    }),
  );
}

function remoteSource(remote: Remote, obtain: (bound: Bound) => Promise<Session>): CredentialsSource {
  const cache = new SessionCache(obtain, () => lateAnswer(remote));
  return {
    description: remote.title,
    get: (bound) => cache.get(bound),
    renew: () => {
      cache.forget();
      return true;
    },
  };
}
