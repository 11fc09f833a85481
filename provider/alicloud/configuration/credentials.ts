import type { CredentialsPlan } from '../credentials/plan.js';
import { DEFAULT_PROFILE_FILE } from '../credentials/profile-file.js';
import { Secret } from '../credentials/secret.js';
import { KEYS, type KeyDescription } from './keys.js';
import type { Found, Reader } from './reader.js';
import { configOidc, configRole, environmentOidc, environmentRole, wrap } from './roles.js';

/** One place that gives a key pair: the pair is taken from it as a whole. */
interface Family {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

const CONFIG: Family = {
  id: 'alicloud:accessKey',
  secret: 'alicloud:secretKey',
  token: 'alicloud:securityToken',
};
const family = (prefix: string, id: string, secret: string): Family => ({
  id: `${prefix}_${id}`,
  secret: `${prefix}_${secret}`,
  token: `${prefix}_SECURITY_TOKEN`,
});
const ALICLOUD = family('ALICLOUD', 'ACCESS_KEY', 'SECRET_KEY');
const ALIBABA_CLOUD = family('ALIBABA_CLOUD', 'ACCESS_KEY_ID', 'ACCESS_KEY_SECRET');
const ALIBABACLOUD = family('ALIBABACLOUD', 'ACCESS_KEY_ID', 'ACCESS_KEY_SECRET');

const PROFILE = ['alicloud:profile', 'ALICLOUD_PROFILE', 'ALIBABA_CLOUD_PROFILE'] as const;
const FILE = [
  'alicloud:sharedCredentialsFile',
  'ALICLOUD_SHARED_CREDENTIALS_FILE',
  'ALIBABA_CLOUD_CREDENTIALS_FILE',
] as const;

/** The keys that give a source. A role is assumed on top of whichever it is. */
const SOURCES = Object.entries<KeyDescription>(KEYS).flatMap(([name, { namespace, section }]) =>
  section === 'credentials' && name !== 'assumeRole' ? [`${namespace}:${name}`] : [],
);

/** Decides which source gives the credentials, highest precedence first. Reads no file and sends nothing. */
export function readCredentialsPlan(reader: Reader): CredentialsPlan {
  const role = configRole(reader);
  const own = fromConfig(reader);
  // Credentials of the configuration may be those of a second account: a role of the environment is for the first.
  if (own) return wrap(own, role);
  if (SOURCES.some((key) => reader.isUndecided(key))) return { kind: 'chain' };
  const roleBelow = reader.isUndecided('alicloud:assumeRole') ? undefined : environmentRole(reader);
  return wrap(fromEnvironment(reader) ?? { kind: 'chain' }, role ?? roleBelow);
}

/** The profile in use, by its name and file, as far as they are given. */
export function profileGiven(reader: Reader): {
  readonly name: Found | undefined;
  readonly file: Found | undefined;
} {
  return { name: reader.first(...PROFILE), file: reader.first(...FILE) };
}

function fromConfig(reader: Reader): CredentialsPlan | undefined {
  const keys = keyPair(CONFIG, (name) => reader.config(name), reader);
  const sources = [
    { name: CONFIG.id, plan: keys },
    { name: 'alicloud:assumeRoleWithOidc', plan: configOidc(reader) },
    { name: 'alicloud:ecsRoleName', plan: ecsRole(reader, reader.config('alicloud:ecsRoleName')) },
    { name: 'alicloud:credentialsUri', plan: uri(reader, reader.config('alicloud:credentialsUri')) },
  ].filter(({ plan }) => plan !== undefined);
  const profileKey = reader.config(PROFILE[0]) ?? reader.config(FILE[0]);
  // Beside keys a profile still gives the region, as it does for @pulumi/alicloud.
  if (profileKey && !keys) sources.push({ name: profileKey.name, plan: profile(reader) });
  if (sources.length > 1) {
    const names = sources.map(({ name }) => name).join(' and ');
    reader.say(names, 'are all given; give one source of credentials');
  }
  return sources[0]?.plan;
}

function fromEnvironment(reader: Reader): CredentialsPlan | undefined {
  const variable = (name: string) => reader.variable(name);
  return (
    keyPair(ALICLOUD, variable, reader) ??
    ecsRole(reader, variable('ALICLOUD_ECS_ROLE_NAME')) ??
    uri(reader, variable('ALICLOUD_CREDENTIALS_URI')) ??
    keyPair(ALIBABA_CLOUD, variable, reader) ??
    environmentOidc(reader) ??
    ecsRole(reader, variable('ALIBABA_CLOUD_ECS_METADATA')) ??
    uri(reader, variable('ALIBABA_CLOUD_CREDENTIALS_URI')) ??
    keyPair(ALIBABACLOUD, variable, reader) ??
    (reader.variables(PROFILE.slice(1)) || reader.variables(FILE.slice(1)) ? profile(reader) : undefined)
  );
}

function keyPair(
  names: Family,
  get: (name: string) => Found | undefined,
  reader: Reader,
): CredentialsPlan | undefined {
  const [id, secret, token] = [get(names.id), get(names.secret), get(names.token)];
  const given = [id, secret, token].filter((found) => found !== undefined);
  if (given.length === 0) return undefined;
  for (const found of given) reader.checkSecret(found);
  if (Object.values(names).some((name) => reader.isUndecided(name))) return undefined;
  if (!id || !secret) {
    const missing = [id ? [] : names.id, secret ? [] : names.secret].flat().join(' and ');
    const present = given.map(({ name }) => name).join(' and ');
    reader.say(present, `is set without ${missing}; a key pair is taken from one place as a whole`);
    return { kind: 'chain' };
  }
  return {
    kind: 'keys',
    source: id.source,
    accessKeyId: new Secret(id.value),
    accessKeySecret: new Secret(secret.value),
    securityToken: token === undefined ? undefined : new Secret(token.value),
  };
}

function ecsRole(reader: Reader, found: Found | undefined): CredentialsPlan | undefined {
  if (!found) return undefined;
  if (!/^[\w.@-]{1,64}$/.test(found.value)) {
    reader.wrong(found, 'it must be the name of a RAM role: up to 64 letters, digits and the signs . _ - @');
  }
  return { kind: 'ecsRole', source: found.source, roleName: found.value };
}

function uri(reader: Reader, found: Found | undefined): CredentialsPlan | undefined {
  if (!found) return undefined;
  if (!/^https?:\/\/[^/]/i.test(found.value) || !URL.canParse(found.value)) {
    // Not shown: a URI can carry a token.
    reader.say(found.name, 'must be an http:// or https:// URI');
  }
  return { kind: 'uri', source: found.source, uri: new Secret(found.value) };
}

function profile(reader: Reader): CredentialsPlan {
  const { name, file } = profileGiven(reader);
  return { kind: 'profile', name: name?.value, file: file?.value ?? DEFAULT_PROFILE_FILE };
}
