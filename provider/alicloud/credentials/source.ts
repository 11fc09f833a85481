import { readFile } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import { CredentialsError } from '../errors.js';
import type { Credentials } from '../redact.js';
import { assumeRole, assumeRoleWithOidc, ExpiredBaseError, type StsCall } from './assume-role.js';
import { LibrarySource } from './library.js';
import type { CredentialsPlan, KeysPlan, ProfilePlan, RolePlan } from './plan.js';
import { parseProfileFile, reasonOf, withHome } from './profile-file.js';
import { planOfProfile } from './profile-plan.js';
import { type Session, SessionCache } from './session.js';

export type { StsCall } from './assume-role.js';

export interface CredentialsSource {
  /** Names where the keys come from, never the keys. */
  readonly description: string;
  /** The credentials to use now. Concurrent calls share one request; a session is renewed before it ends. */
  get(): Promise<Credentials>;
  /**
   * Forgets what is kept; false where the source can only give the same keys again. With the credentials that were
   * refused, only the first of many callers makes it forget: the others find them replaced, or being replaced.
   */
  renew(refused?: Credentials): boolean;
}

export interface CredentialsContext {
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
  /** One STS request through the wire. */
  readonly sts: StsCall;
}

export function credentialsSource(plan: CredentialsPlan, context: CredentialsContext): CredentialsSource {
  const source = sourceOf(plan, context);
  let last: Credentials | undefined;
  return {
    get description() {
      return source.description;
    },
    get: async () => {
      last = await source.get();
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
  const { clock, sts } = context;
  switch (plan.kind) {
    case 'keys':
      return staticKeys(plan);
    case 'profile':
      return profile(plan, context);
    case 'role': {
      const base = credentialsSource(plan.base, context);
      const cache = new SessionCache(clock, () => roleSession(plan, base, context));
      return {
        get description() {
          return `${base.description}, role ${plan.roleArn}`;
        },
        get: () => cache.get(),
        renew: () => {
          base.renew();
          cache.forget();
          return true;
        },
      };
    }
    case 'oidc': {
      const cache = new SessionCache(clock, () => assumeRoleWithOidc(plan, sts, clock));
      return renewable(`${plan.source}, role ${plan.roleArn}`, cache);
    }
    case 'ecsRole': {
      const named = plan.roleName === '' ? '' : ` '${plan.roleName}'`;
      return fromLibrary(
        new LibrarySource({ ecsRole: plan.roleName }, `ECS role${named} (${plan.source})`),
        clock,
        () => `ECS role${named} (${plan.source})`,
      );
    }
    case 'uri':
      return fromLibrary(
        new LibrarySource({ uri: plan.uri.reveal() }, `credentials URI (${plan.source})`),
        clock,
        () => `credentials URI (${plan.source})`,
      );
    case 'chain': {
      const library = new LibrarySource('chain', 'default chain');
      return fromLibrary(library, clock, () =>
        library.answeredBy === undefined ? 'the default chain' : `the default chain (${library.answeredBy})`,
      );
    }
  }
}

/** Keys that have expired are asked for once more, where their source can give others. */
async function roleSession(
  plan: RolePlan,
  base: CredentialsSource,
  { sts, clock }: CredentialsContext,
): Promise<Session> {
  const first = await base.get();
  const failed = (error: unknown): never => {
    throw error instanceof ExpiredBaseError
      ? new CredentialsError(`${error.message} ${expiredAdvice(base)}`)
      : error;
  };
  try {
    return await assumeRole(plan, first, sts, clock);
  } catch (error) {
    if (!(error instanceof ExpiredBaseError) || !base.renew(first)) return failed(error);
    return assumeRole(plan, await base.get(), sts, clock).catch(failed);
  }
}

/** For an error that says that credentials have expired. */
export function expiredAdvice(source: CredentialsSource): string {
  return (
    `These credentials came from ${source.description}; without --run-program, destroy and refresh use ` +
    'the configuration stored by the last up.'
  );
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

/** The file is read on first use and again after renew(): another tool may have written newer keys into it. */
function profile({ name, file }: ProfilePlan, context: CredentialsContext): CredentialsSource {
  let inner: Promise<CredentialsSource> | undefined;
  let description = name === undefined ? `current profile in ${file}` : `profile '${name}' in ${file}`;
  const read = async (): Promise<CredentialsSource> => {
    let content: string;
    try {
      content = await readFile(withHome(file, context.environment), 'utf8');
    } catch (error) {
      throw new CredentialsError(`The file of profiles ${file} cannot be read (${reasonOf(error)}).`);
    }
    const contents = parseProfileFile(content, file);
    const source = credentialsSource(
      planOfProfile(name, { contents, file, environment: context.environment }),
      context,
    );
    description = source.description;
    return source;
  };
  const opened = (): Promise<CredentialsSource> => {
    inner ??= read().catch((error: unknown) => {
      inner = undefined;
      throw error;
    });
    return inner;
  };
  return {
    get description() {
      return description;
    },
    get: async () => (await opened()).get(),
    renew: () => {
      inner = undefined;
      return true;
    },
  };
}

function fromLibrary(library: LibrarySource, clock: Clock, description: () => string): CredentialsSource {
  const cache = new SessionCache(clock, () => library.obtain());
  return {
    get description() {
      return description();
    },
    get: () => cache.get(),
    renew: () => {
      library.forget();
      cache.forget();
      return true;
    },
  };
}

function renewable(description: string, cache: SessionCache): CredentialsSource {
  return {
    description,
    get: () => cache.get(),
    renew: () => {
      cache.forget();
      return true;
    },
  };
}
