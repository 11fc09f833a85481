import { readFile } from 'node:fs/promises';
import { CredentialsError } from '../errors.js';
import { Kept } from '../kept.js';
import type { Credentials } from '../redact.js';
import type { Bound } from '../retry.js';
import { assumeRole, assumeRoleWithOidc, ExpiredBaseError, lateFor, type StsCall } from './assume-role.js';
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
  get(bound: Bound): Promise<Credentials>;
  /**
   * Forgets what is kept; false where the source can only give the same keys again. With the credentials that were
   * refused, only the first of many callers makes it forget: the others find them replaced, or being replaced.
   */
  renew(refused?: Credentials): boolean;
}

export interface CredentialsContext {
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
  const { sts } = context;
  switch (plan.kind) {
    case 'keys':
      return staticKeys(plan);
    case 'profile':
      return profile(plan, context);
    case 'role': {
      const base = credentialsSource(plan.base, context);
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
    case 'oidc': {
      const cache = new SessionCache(
        (bound) => assumeRoleWithOidc(plan, sts, bound),
        () => lateFor(plan),
      );
      return renewable(`${plan.source}, role ${plan.roleArn}`, cache);
    }
    case 'ecsRole': {
      const named = plan.roleName === '' ? '' : ` '${plan.roleName}'`;
      return fromLibrary(
        new LibrarySource({ ecsRole: plan.roleName }, `ECS role${named} (${plan.source})`),
        () => `ECS role${named} (${plan.source})`,
      );
    }
    case 'uri':
      return fromLibrary(
        new LibrarySource({ uri: plan.uri.reveal() }, `credentials URI (${plan.source})`),
        () => `credentials URI (${plan.source})`,
      );
    case 'chain': {
      const library = new LibrarySource('chain', 'default chain');
      return fromLibrary(library, () =>
        library.answeredBy === undefined ? 'the default chain' : `the default chain (${library.answeredBy})`,
      );
    }
  }
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
    throw error instanceof ExpiredBaseError
      ? new CredentialsError(error.message, `${error.hint} ${expiredAdvice(base)}`)
      : error;
  };
  try {
    return await assumeRole(plan, first, sts, bound);
  } catch (error) {
    if (!(error instanceof ExpiredBaseError) || !base.renew(first)) return failed(error);
    return assumeRole(plan, await base.get(bound), sts, bound).catch(failed);
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
  const opened = new Kept(
    read,
    () => new CredentialsError(`The file of profiles ${file} could not be read in time.`),
  );
  return {
    get description() {
      return description;
    },
    get: async (bound) => (await opened.get(bound)).get(bound),
    renew: () => {
      opened.forget();
      return true;
    },
  };
}

function fromLibrary(library: LibrarySource, description: () => string): CredentialsSource {
  const late = () => new CredentialsError(`${description()} gave no answer in time.`);
  const cache = new SessionCache(() => library.obtain(), late);
  return {
    get description() {
      return description();
    },
    get: (bound) => cache.get(bound),
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
    get: (bound) => cache.get(bound),
    renew: () => {
      cache.forget();
      return true;
    },
  };
}
