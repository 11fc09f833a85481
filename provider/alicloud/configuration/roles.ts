import {
  type CredentialsPlan,
  type OidcPlan,
  type RolePlan,
  type RoleSession,
  SESSION_EXPIRATION,
  SESSION_NAME,
} from '../credentials/plan.js';
import { withHome } from '../credentials/profile-file.js';
import { Secret } from '../credentials/secret.js';
import { KEYS } from './keys.js';
import { type Found, parse, type Reader } from './reader.js';

type Role = Omit<RolePlan, 'kind' | 'base'>;

const ROLE_FIELDS = Object.keys(KEYS.assumeRole.fields);
const OIDC_FIELDS = Object.keys(KEYS.assumeRoleWithOidc.fields);
const OIDC = {
  provider: 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
  file: 'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
  token: 'ALIBABA_CLOUD_OIDC_TOKEN',
  role: 'ALIBABA_CLOUD_ROLE_ARN',
  session: 'ALIBABA_CLOUD_ROLE_SESSION_NAME',
};
const SESSION_NAMES = ['ALICLOUD_ASSUME_ROLE_SESSION_NAME', OIDC.session];
const EXPIRATION = 'ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION';
const ROLE_ARN = 'ALICLOUD_ASSUME_ROLE_ARN';

export function wrap(base: CredentialsPlan, role: Role | undefined): CredentialsPlan {
  return role === undefined ? base : { kind: 'role', base, ...role };
}

/** `alicloud:assumeRole`; what it leaves out comes from the environment. */
export function configRole(reader: Reader): Role | undefined {
  const fields = reader.fields('alicloud:assumeRole', ROLE_FIELDS);
  if (!fields) return undefined;
  const arn = fields.get('roleArn') ?? roleVariable(reader);
  if (!arn)
    reader.say('alicloud:assumeRole', `has no roleArn, and neither ${ROLE_ARN} nor ${OIDC.role} is set`);
  return role(reader, arn, fields);
}

export function environmentRole(reader: Reader): Role | undefined {
  const arn = roleVariable(reader);
  return arn && role(reader, arn, new Map());
}

/** ALIBABA_CLOUD_ROLE_ARN is the role of OIDC wherever OIDC is configured, as a pod's service account does it. */
function roleVariable(reader: Reader): Found | undefined {
  return reader.variable(ROLE_ARN) ?? (oidcVariables(reader) ? undefined : reader.variable(OIDC.role));
}

function role(reader: Reader, arn: Found | undefined, fields: Map<string, Found>): Role {
  const externalId = fields.get('externalId');
  return {
    ...session(reader, arn, {
      name: fields.get('sessionName') ?? reader.variables(SESSION_NAMES),
      policy: fields.get('policy'),
      expiration: fields.get('sessionExpiration') ?? reader.variable(EXPIRATION),
    }),
    externalId: externalId && new Secret(externalId.value),
  };
}

/** `alicloud:assumeRoleWithOidc`; what it leaves out comes from the environment. */
export function configOidc(reader: Reader): OidcPlan | undefined {
  const fields = reader.fields('alicloud:assumeRoleWithOidc', OIDC_FIELDS);
  return fields && oidc(reader, 'alicloud:assumeRoleWithOidc', 'config alicloud:assumeRoleWithOidc', fields);
}

export function environmentOidc(reader: Reader): OidcPlan | undefined {
  const first = oidcVariables(reader);
  return first && oidc(reader, first.name, first.source, new Map());
}

function oidcVariables(reader: Reader): Found | undefined {
  return reader.variables([OIDC.provider, OIDC.file, OIDC.token]);
}

function oidc(reader: Reader, name: string, source: string, fields: Map<string, Found>): OidcPlan {
  const inFields = fields.get('oidcToken') ?? fields.get('oidcTokenFile');
  const [token, file] = inFields
    ? [fields.get('oidcToken'), fields.get('oidcTokenFile')]
    : [reader.variable(OIDC.token), reader.variable(OIDC.file)];
  const provider = fields.get('oidcProviderArn') ?? reader.variable(OIDC.provider);
  const arn = fields.get('roleArn') ?? reader.variable(OIDC.role);
  const missing = [
    provider ? [] : `oidcProviderArn (or ${OIDC.provider})`,
    token || file ? [] : `oidcTokenFile or oidcToken (or ${OIDC.file} or ${OIDC.token})`,
    arn ? [] : `roleArn (or ${OIDC.role})`,
  ].flat();
  if (missing.length > 0) reader.say(name, `is set, but what it needs is not: ${missing.join(', ')}`);
  if (token && file)
    reader.say(`${token.name} and ${file.name}`, 'are both given; give the file or the token');
  if (token) reader.checkSecret(token);
  if (provider && !/^acs:ram::\d+:oidc-provider\/\S+$/.test(provider.value)) {
    reader.wrong(provider, 'it must look like acs:ram::<account id>:oidc-provider/<name>');
  }
  return {
    kind: 'oidc',
    source,
    oidcProviderArn: provider?.value ?? '',
    token: token ? new Secret(token.value) : { file: withHome(file?.value ?? '', reader.environment) },
    ...session(reader, arn, {
      name: fields.get('roleSessionName') ?? reader.variable(OIDC.session),
      policy: fields.get('policy'),
      expiration: fields.get('sessionExpiration'),
    }),
  };
}

interface SessionFields {
  readonly name: Found | undefined;
  readonly policy: Found | undefined;
  readonly expiration: Found | undefined;
}

function session(
  reader: Reader,
  arn: Found | undefined,
  { name, policy, expiration }: SessionFields,
): RoleSession {
  if (arn && !/^acs:ram::\d+:role\/\S+$/.test(arn.value)) {
    reader.wrong(arn, 'it must look like acs:ram::<account id>:role/<name>');
  }
  if (name && !/^[\w.@-]{2,64}$/.test(name.value)) {
    reader.wrong(name, 'it must be 2 to 64 letters, digits and the signs . _ - @');
  }
  const parsed = policy && parse(policy.value);
  if (policy && (typeof parsed !== 'object' || parsed === null))
    reader.say(policy.name, 'must be a RAM policy in JSON');
  return {
    roleArn: arn?.value ?? '',
    sessionName: name?.value ?? SESSION_NAME,
    policy: policy?.value,
    sessionExpiration: (expiration && reader.whole(expiration, 900, 43_200, 'seconds')) ?? SESSION_EXPIRATION,
  };
}
