import { CredentialsError } from '../answers/errors.js';
import type { Reply } from '../answers/reply.js';
import {
  type CredentialsPlan,
  type KeysPlan,
  type RoleSession,
  SESSION_EXPIRATION,
  SESSION_NAME,
} from './plan.js';
import { type ProfileFile, withHome } from './profile-file.js';
import { Secret } from './secret.js';

/** Modes whose tokens a tool writes back into the file, or that run a command: we do neither. */
const REFUSED: Readonly<Record<string, string>> = {
  CloudSSO:
    "run 'aliyun sso login' and give what it obtained as ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and ALICLOUD_SECURITY_TOKEN",
  OAuth:
    'use a profile of mode StsToken, RamRoleArn or OIDC, or give keys as ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY',
  External:
    'run its command yourself and give what it prints as ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and ALICLOUD_SECURITY_TOKEN',
};
const MODES = 'AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, CredentialsURI';

interface Place {
  readonly contents: ProfileFile;
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Turns one profile into the plan it stands for. Errors name fields, never what they hold. */
export function planOfProfile(
  asked: string | undefined,
  place: Place,
  seen: readonly string[] = [],
): CredentialsPlan {
  const { contents, file } = place;
  const name = asked ?? contents.current;
  if (name === undefined) {
    throw new CredentialsError(
      `The file of profiles ${file} names no current profile: set alicloud:profile or ALICLOUD_PROFILE.`,
    );
  }
  const source = `profile '${name}' in ${file}`;
  const profile = contents.profiles.get(name);
  if (!profile) {
    const known = [...contents.profiles.keys()].map((other) => `'${other}'`).join(', ') || 'none';
    throw new CredentialsError(`There is no profile '${name}' in ${file}. It has: ${known}.`);
  }
  if (seen.includes(name)) {
    throw new CredentialsError(
      `The profiles ${[...seen, name].join(' -> ')} in ${file} name each other in a circle.`,
    );
  }
  const fields = new Fields(profile, source);
  return contents.format === 'ini' ? iniPlan(fields) : jsonPlan(fields, name, place, seen);
}

function jsonPlan(fields: Fields, name: string, place: Place, seen: readonly string[]): CredentialsPlan {
  const mode = fields.text('mode') ?? 'AK';
  switch (mode) {
    case 'AK':
      return keys(fields, undefined);
    case 'StsToken':
      return keys(fields, fields.needed('sts_token'));
    case 'RamRoleArn':
      return role(fields, keys(fields, fields.text('sts_token')), 'ram_role_arn', 'ram_session_name');
    case 'ChainableRamRoleArn': {
      const base = planOfProfile(fields.needed('source_profile'), place, [...seen, name]);
      return role(fields, base, 'ram_role_arn', 'ram_session_name');
    }
    case 'EcsRamRole':
      return { kind: 'ecsRole', source: fields.source, roleName: fields.text('ram_role_name') ?? '' };
    case 'CredentialsURI':
      return { kind: 'uri', source: fields.source, uri: new Secret(fields.needed('credentials_uri')) };
    case 'OIDC':
      return {
        kind: 'oidc',
        source: fields.source,
        oidcProviderArn: fields.needed('oidc_provider_arn'),
        token: { file: withHome(fields.needed('oidc_token_file'), place.environment) },
        ...roleSession(fields, 'ram_role_arn', 'ram_session_name'),
      };
    default: {
      const advice = Object.hasOwn(REFUSED, mode) ? REFUSED[mode] : undefined;
      throw new CredentialsError(
        advice === undefined
          ? `The ${fields.source} has a mode that is not supported. Supported: ${MODES}.`
          : `The ${fields.source} has mode ${mode}, which is not supported: ${advice}.`,
      );
    }
  }
}

function iniPlan(fields: Fields): CredentialsPlan {
  switch (fields.needed('type')) {
    case 'access_key':
      return keys(fields, undefined);
    case 'sts':
      return keys(fields, fields.needed('security_token'));
    case 'ecs_ram_role':
      return { kind: 'ecsRole', source: fields.source, roleName: fields.text('role_name') ?? '' };
    case 'ram_role_arn':
      return role(fields, keys(fields, undefined), 'role_arn', 'role_session_name');
    default:
      throw new CredentialsError(
        `The ${fields.source} has a type that is not supported. Supported: access_key, sts, ecs_ram_role, ram_role_arn.`,
      );
  }
}

function keys(fields: Fields, token: string | undefined): KeysPlan {
  return {
    kind: 'keys',
    source: fields.source,
    accessKeyId: new Secret(fields.needed('access_key_id')),
    accessKeySecret: new Secret(fields.needed('access_key_secret')),
    securityToken: token === undefined ? undefined : new Secret(token),
  };
}

function role(fields: Fields, base: CredentialsPlan, arn: string, sessionName: string): CredentialsPlan {
  const externalId = fields.text('external_id');
  return {
    kind: 'role',
    base,
    ...roleSession(fields, arn, sessionName),
    externalId: externalId === undefined ? undefined : new Secret(externalId),
  };
}

function roleSession(fields: Fields, arn: string, sessionName: string): RoleSession {
  return {
    roleArn: fields.needed(arn),
    sessionName: fields.text(sessionName) ?? SESSION_NAME,
    policy: fields.text('policy'),
    sessionExpiration: fields.seconds('expired_seconds') ?? SESSION_EXPIRATION,
  };
}

class Fields {
  readonly #profile: Reply;

  constructor(
    profile: Reply,
    readonly source: string,
  ) {
    this.#profile = profile;
  }

  text(field: string): string | undefined {
    const value = this.#profile[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  needed(field: string): string {
    const value = this.text(field);
    if (value === undefined) throw new CredentialsError(`The ${this.source} has no ${field}.`);
    return value;
  }

  seconds(field: string): number | undefined {
    const value = Number(this.#profile[field] ?? 0);
    // The aliyun CLI writes 0 for what was not asked.
    if (value === 0) return undefined;
    if (Number.isInteger(value) && value >= 900 && value <= 43_200) return value;
    throw new CredentialsError(
      `The ${this.source} has an ${field} that is not a whole number of seconds from 900 to 43200.`,
    );
  }
}
