import type { Secret } from './secret.js';

/** Which source gives the credentials, known without a request. `source` names where that was said, for people. */
export type CredentialsPlan =
  | KeysPlan
  | ProfilePlan
  | EcsRolePlan
  | UriPlan
  | OidcPlan
  | ChainPlan
  | RolePlan;

export interface KeysPlan {
  readonly kind: 'keys';
  readonly source: string;
  readonly accessKeyId: Secret;
  readonly accessKeySecret: Secret;
  readonly securityToken: Secret | undefined;
}

export interface ProfilePlan {
  readonly kind: 'profile';
  /** Without a name: the `current` of a JSON file, `default` of an INI file. */
  readonly name: string | undefined;
  readonly file: string;
}

export interface EcsRolePlan {
  readonly kind: 'ecsRole';
  readonly source: string;
  readonly roleName: string;
}

export interface UriPlan {
  readonly kind: 'uri';
  readonly source: string;
  /** Its query may hold a token. */
  readonly uri: Secret;
}

export interface OidcPlan extends RoleSession {
  readonly kind: 'oidc';
  readonly source: string;
  readonly oidcProviderArn: string;
  readonly token: Secret | { readonly file: string };
}

/** Nobody named a source. */
interface ChainPlan {
  readonly kind: 'chain';
}

export interface RolePlan extends RoleSession {
  readonly kind: 'role';
  readonly base: CredentialsPlan;
  readonly externalId: Secret | undefined;
}

export interface RoleSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly policy: string | undefined;
  /** Seconds. */
  readonly sessionExpiration: number;
}

export const SESSION_NAME = 'pulumi-alicloud-media';
export const SESSION_EXPIRATION = 3600;
