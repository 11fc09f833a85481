// Generated from provider/alicloud/configuration/keys.ts by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';

/** A role to assume with the credentials that the other keys give. */
export interface AssumeRole {
  /**
   * The role: `acs:ram::<account id>:role/<name>`.
   */
  readonly roleArn: pulumi.Input<string>;
  /**
   * 2 to 64 letters, digits and the signs `.` `_` `-` `@`.
   * Default: `pulumi-alicloud-media`.
   */
  readonly sessionName?: pulumi.Input<string>;
  /**
   * A RAM policy, as JSON, that narrows that of the role.
   */
  readonly policy?: pulumi.Input<string>;
  /**
   * Seconds, 900 to 43200.
   * Default: 3600.
   */
  readonly sessionExpiration?: pulumi.Input<number>;
  /**
   * What the trust policy of the role asks for.
   */
  readonly externalId?: pulumi.Input<string>;
}

/** A role to assume with an OIDC token, without a key. */
export interface AssumeRoleWithOidc {
  /**
   * The OIDC provider: `acs:ram::<account id>:oidc-provider/<name>`.
   */
  readonly oidcProviderArn: pulumi.Input<string>;
  /**
   * The role: `acs:ram::<account id>:role/<name>`.
   */
  readonly roleArn: pulumi.Input<string>;
  /**
   * The path of a file that holds the token; read again each time it is needed.
   */
  readonly oidcTokenFile?: pulumi.Input<string>;
  /**
   * The token itself, not together with the file.
   * It stands, encrypted, in the state: prefer `oidcTokenFile`.
   */
  readonly oidcToken?: pulumi.Input<string>;
  /**
   * 2 to 64 letters, digits and the signs `.` `_` `-` `@`.
   * Default: `pulumi-alicloud-media`.
   */
  readonly roleSessionName?: pulumi.Input<string>;
  /**
   * A RAM policy, as JSON, that narrows that of the role.
   */
  readonly policy?: pulumi.Input<string>;
  /**
   * Seconds, 900 to 43200.
   * Default: 3600.
   */
  readonly sessionExpiration?: pulumi.Input<number>;
}

/** Hosts to use instead of the services' own. */
export interface Endpoints {
  /**
   * The host of IMM.
   * Default: `imm.<region>.aliyuncs.com` (`imm-vpc.` in cn-beijing-gov-1).
   */
  readonly imm?: pulumi.Input<string>;
  /**
   * The host of MPS.
   * Default: `mts.<region>.aliyuncs.com`.
   */
  readonly mts?: pulumi.Input<string>;
  /**
   * The host of STS.
   * Default: `sts.aliyuncs.com`.
   */
  readonly sts?: pulumi.Input<string>;
}

/** Every argument has the name and the meaning of the key in docs/reference/configuration.md. */
export interface ProviderArgs {
  /**
   * The region of resources that name none.
   * Default: `region_id` of the profile that is named, else none.
   */
  readonly region?: pulumi.Input<string>;
  /**
   * The id of the key pair.
   * Kept encrypted in the state. Prefer `profile`, `assumeRole` or a token file: nothing of those is secret.
   */
  readonly accessKey?: pulumi.Input<string>;
  /**
   * The secret of the key pair.
   * Kept encrypted in the state.
   */
  readonly secretKey?: pulumi.Input<string>;
  /**
   * The STS token of the key pair.
   * Kept encrypted in the state, where it expires: a destroy long after an `up` fails with it.
   */
  readonly securityToken?: pulumi.Input<string>;
  /**
   * A profile of the Alibaba Cloud CLI.
   * Default: the `current` profile of the file (`default` in an INI file).
   */
  readonly profile?: pulumi.Input<string>;
  /**
   * The file of profiles.
   * Default: `~/.aliyun/config.json`.
   */
  readonly sharedCredentialsFile?: pulumi.Input<string>;
  /**
   * The RAM role of the ECS instance that Pulumi runs on.
   */
  readonly ecsRoleName?: pulumi.Input<string>;
  /**
   * An `http://` or `https://` URI that answers temporary keys.
   */
  readonly credentialsUri?: pulumi.Input<string>;
  /**
   * A role to assume with the credentials that the other keys give.
   */
  readonly assumeRole?: pulumi.Input<AssumeRole>;
  /**
   * A role to assume with an OIDC token, without a key.
   */
  readonly assumeRoleWithOidc?: pulumi.Input<AssumeRoleWithOidc>;
  /**
   * Hosts to use instead of the services' own.
   */
  readonly endpoints?: pulumi.Input<Endpoints>;
  /**
   * The one account that may be used.
   */
  readonly accountId?: pulumi.Input<string>;
  /**
   * The accounts that may be used.
   * Default: all.
   */
  readonly allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Do not ask STS which account the credentials belong to, for networks that cannot reach it.
   * Default: `false`.
   */
  readonly skipRequestingAccountId?: pulumi.Input<boolean>;
  /**
   * For how long after a link was made its absence is not believed: seconds, `60s` or `2m`, at most ten minutes.
   * Default: `60s`.
   */
  readonly consistencyWindow?: pulumi.Input<number | string>;
  /**
   * The hosts of the services to use: `public`, or `vpc` for those inside a VPC (`imm-vpc.`, `mts-vpc.`, `sts-vpc.` and the region).
   * Default: `public`.
   */
  readonly network?: pulumi.Input<'public' | 'vpc'>;
  /**
   * A PEM file with certificate authorities to trust besides those of Node.
   */
  readonly caFile?: pulumi.Input<string>;
  /**
   * Milliseconds for a reply.
   * Default: 30000.
   */
  readonly clientReadTimeout?: pulumi.Input<number>;
  /**
   * Milliseconds for a connection to stand.
   * Default: 10000.
   */
  readonly clientConnectTimeout?: pulumi.Input<number>;
}

/** Arguments that are kept encrypted. */
export const SECRET: readonly string[] = ['accessKey', 'secretKey', 'securityToken', 'credentialsUri'];
/** Arguments that are kept encrypted where they hold this field. */
export const SECRET_WITHIN: Readonly<Record<string, string>> = {
  assumeRole: 'externalId',
  assumeRoleWithOidc: 'oidcToken',
};
/** Names of arguments. */
export const ARGUMENTS: readonly string[] = [
  'region',
  'accessKey',
  'secretKey',
  'securityToken',
  'profile',
  'sharedCredentialsFile',
  'ecsRoleName',
  'credentialsUri',
  'assumeRole',
  'assumeRoleWithOidc',
  'endpoints',
  'accountId',
  'allowedAccountIds',
  'skipRequestingAccountId',
  'consistencyWindow',
  'network',
  'caFile',
  'clientReadTimeout',
  'clientConnectTimeout',
];
/** Fields of arguments that take no other. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  assumeRole: ['roleArn', 'sessionName', 'policy', 'sessionExpiration', 'externalId'],
  assumeRoleWithOidc: [
    'oidcProviderArn',
    'roleArn',
    'oidcTokenFile',
    'oidcToken',
    'roleSessionName',
    'policy',
    'sessionExpiration',
  ],
};
/** Keys of which no other spelling is left to others: credentials, and what keeps links out of a wrong account. */
export const STRICT: readonly string[] = [
  'accessKey',
  'secretKey',
  'securityToken',
  'profile',
  'sharedCredentialsFile',
  'ecsRoleName',
  'credentialsUri',
  'assumeRole',
  'assumeRoleWithOidc',
  'accountId',
  'allowedAccountIds',
  'skipRequestingAccountId',
];
/** The namespace of every key of a stack. Those of `alicloud-media` only this package knows. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  region: 'alicloud',
  accessKey: 'alicloud',
  secretKey: 'alicloud',
  securityToken: 'alicloud',
  profile: 'alicloud',
  sharedCredentialsFile: 'alicloud',
  ecsRoleName: 'alicloud',
  credentialsUri: 'alicloud',
  assumeRole: 'alicloud',
  assumeRoleWithOidc: 'alicloud',
  endpoints: 'alicloud',
  accountId: 'alicloud',
  allowedAccountIds: 'alicloud-media',
  skipRequestingAccountId: 'alicloud-media',
  consistencyWindow: 'alicloud-media',
  network: 'alicloud-media',
  caFile: 'alicloud-media',
  clientReadTimeout: 'alicloud',
  clientConnectTimeout: 'alicloud',
  configurationSource: 'alicloud',
};
