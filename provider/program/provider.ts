import * as pulumi from '@pulumi/pulumi';

export interface AssumeRole {
  /** `acs:ram::{accountId}:role/{name}`. */
  readonly roleArn: pulumi.Input<string>;
  readonly sessionName?: pulumi.Input<string>;
  /** A policy, as JSON, that narrows the role's. */
  readonly policy?: pulumi.Input<string>;
  /** Seconds, 900 to 43200; 3600 without it. */
  readonly sessionExpiration?: pulumi.Input<number>;
  readonly externalId?: pulumi.Input<string>;
}

export interface AssumeRoleWithOidc {
  readonly oidcProviderArn: pulumi.Input<string>;
  readonly roleArn: pulumi.Input<string>;
  /** The path of a file that holds the token; read again each time it is needed. */
  readonly oidcTokenFile?: pulumi.Input<string>;
  /** The token itself: it stands, encrypted, in the state. Prefer `oidcTokenFile`. */
  readonly oidcToken?: pulumi.Input<string>;
  readonly roleSessionName?: pulumi.Input<string>;
  readonly policy?: pulumi.Input<string>;
  /** Seconds, 900 to 43200; 3600 without it. */
  readonly sessionExpiration?: pulumi.Input<number>;
}

/** Every argument has the name and the meaning of the `alicloud:` key in docs/configuration.md. */
export interface ProviderArgs {
  /** The region of resources that name none. */
  readonly region?: pulumi.Input<string>;
  /** Kept encrypted in the state. Prefer `profile`, `assumeRole` or a token file: nothing of those is secret. */
  readonly accessKey?: pulumi.Input<string>;
  /** Kept encrypted in the state. */
  readonly secretKey?: pulumi.Input<string>;
  /** Kept encrypted in the state, where it expires: a destroy long after an `up` fails with it. */
  readonly securityToken?: pulumi.Input<string>;
  /** A profile of the Alibaba Cloud CLI. */
  readonly profile?: pulumi.Input<string>;
  /** The file that holds `profile`; `~/.aliyun/config.json` without it. */
  readonly sharedCredentialsFile?: pulumi.Input<string>;
  /** The RAM role of the ECS instance that Pulumi runs on. */
  readonly ecsRoleName?: pulumi.Input<string>;
  /** A URL that answers temporary keys. */
  readonly credentialsUri?: pulumi.Input<string>;
  readonly assumeRole?: pulumi.Input<AssumeRole>;
  readonly assumeRoleWithOidc?: pulumi.Input<AssumeRoleWithOidc>;
  /** Hosts to use instead of the services' own. */
  readonly endpoints?: pulumi.Input<{
    imm?: pulumi.Input<string>;
    mts?: pulumi.Input<string>;
    sts?: pulumi.Input<string>;
  }>;
  /** The one account that may be used. */
  readonly accountId?: pulumi.Input<string>;
  /** The accounts that may be used. */
  readonly allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Do not ask STS which account the credentials belong to. */
  readonly skipRequestingAccountId?: pulumi.Input<boolean>;
  /** For how long after a link was made its absence is not believed: seconds, or `90s`; 60 s without it. */
  readonly consistencyWindow?: pulumi.Input<number | string>;
  /** The hosts of the services to use; `public` without it. */
  readonly network?: pulumi.Input<'public' | 'vpc'>;
  /** A PEM file with certificate authorities to trust besides those of Node. */
  readonly caFile?: pulumi.Input<string>;
  /** Milliseconds. */
  readonly clientReadTimeout?: pulumi.Input<number>;
  /** Milliseconds. */
  readonly clientConnectTimeout?: pulumi.Input<number>;
}

/** A URI may carry a token; an external id is a shared secret. */
const SECRET: readonly string[] = ['accessKey', 'secretKey', 'securityToken', 'credentialsUri'];
const SECRET_WITHIN: Readonly<Record<string, string>> = {
  assumeRole: 'externalId',
  assumeRoleWithOidc: 'oidcToken',
};
/** Keys that only this package knows; all others are those of `@pulumi/alicloud`. */
const OWN: readonly string[] = [
  'allowedAccountIds',
  'skipRequestingAccountId',
  'consistencyWindow',
  'network',
  'caFile',
];

const argsOf = new WeakMap<object, Record<string, pulumi.Output<string>>>();

/**
 * Credentials and settings of their own for the resources that name it with the option `provider`: a second
 * account in one program. A second region needs none: `region` is an argument of every resource.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    const properties = configurationOf(args);
    super('pulumi-nodejs', name, properties, options);
    argsOf.set(this, properties);
  }
}

/** The configuration that a `Provider` was made with, by key; undefined for any other resource. */
export function configurationOfProvider(
  provider: pulumi.ProviderResource,
): Record<string, pulumi.Output<string>> | undefined {
  return argsOf.get(provider);
}

function configurationOf(args: ProviderArgs): Record<string, pulumi.Output<string>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const text = pulumi
        .output(value)
        .apply((plain) => (typeof plain === 'string' ? plain : JSON.stringify(plain)));
      const secret = SECRET.includes(name) || mayHold(value, SECRET_WITHIN[name]);
      return [
        `${OWN.includes(name) ? 'alicloud-media' : 'alicloud'}:${name}`,
        secret ? pulumi.secret(text) : text,
      ];
    }),
  );
}

/** Whether a value may hold this key: an Output cannot be looked into here. */
function mayHold(value: unknown, key: string | undefined): boolean {
  if (key === undefined) return false;
  return pulumi.Output.isInstance(value) || value instanceof Promise || key in (value as object);
}
