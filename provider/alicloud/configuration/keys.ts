import { SESSION_EXPIRATION, SESSION_NAME } from '../credentials/plan.js';
import type { Service } from '../sending/services.js';

/** One value that a person gives: a key of the configuration, or a field of one that is an object. */
interface ValueDescription {
  /** A `duration` is seconds as a number, or a text such as `90s`. */
  readonly type: 'string' | 'boolean' | 'integer' | 'duration' | 'strings' | 'object';
  readonly values?: readonly string[];
  /** Encrypted in the state and never shown. */
  readonly secret?: true;
  readonly required?: true;
  readonly description: string;
  /** What only matters where the value goes into the state, as with a `Provider`. */
  readonly stateNote?: string;
  /** The variables that are read where it is not given, in this order. */
  readonly environment?: readonly string[];
  readonly default?: string;
}

/**
 * A key of the configuration. What is read of it, the arguments of a `Provider`, what of them is secret, the schema
 * and the tables of docs/reference/configuration.md are made from this.
 */
export interface KeyDescription extends ValueDescription {
  /** The keys of `alicloud` are those of `@pulumi/alicloud`; the others only this package knows. */
  readonly namespace: 'alicloud' | 'alicloud-media';
  /** The table of the page that it stands in. */
  readonly section: 'credentials' | 'account' | 'region' | 'endpoints' | 'rest';
  /** Of a key that is an object: the name of its type, and what it holds. */
  readonly title?: string;
  readonly fields?: Readonly<Record<string, ValueDescription>>;
  /** Not an argument of a `Provider`. */
  readonly stackOnly?: true;
}

const ROLE = 'The role: `acs:ram::<account id>:role/<name>`.';
const POLICY = {
  type: 'string',
  description: 'A RAM policy, as JSON, that narrows that of the role.',
} as const;
const EXPIRATION = {
  type: 'integer',
  description: 'Seconds, 900 to 43200.',
  default: String(SESSION_EXPIRATION),
} as const;
const SESSION = {
  type: 'string',
  description: '2 to 64 letters, digits and the signs `.` `_` `-` `@`.',
  default: `\`${SESSION_NAME}\``,
} as const;

export const KEYS = {
  region: {
    namespace: 'alicloud',
    section: 'region',
    type: 'string',
    description: 'The region of resources that name none.',
    environment: ['ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION', 'ALIBABACLOUD_REGION'],
    default: '`region_id` of the profile that is named, else none',
  },
  accessKey: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    secret: true,
    description: 'The id of the key pair.',
    stateNote:
      'Kept encrypted in the state. Prefer `profile`, `assumeRole` or a token file: nothing of those is secret.',
    environment: ['ALICLOUD_ACCESS_KEY', 'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABACLOUD_ACCESS_KEY_ID'],
  },
  secretKey: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    secret: true,
    description: 'The secret of the key pair.',
    stateNote: 'Kept encrypted in the state.',
    environment: ['ALICLOUD_SECRET_KEY', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABACLOUD_ACCESS_KEY_SECRET'],
  },
  securityToken: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    secret: true,
    description: 'The STS token of the key pair.',
    stateNote: 'Kept encrypted in the state, where it expires: a destroy long after an `up` fails with it.',
    environment: ['ALICLOUD_SECURITY_TOKEN', 'ALIBABA_CLOUD_SECURITY_TOKEN', 'ALIBABACLOUD_SECURITY_TOKEN'],
  },
  profile: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    description: 'A profile of the Alibaba Cloud CLI.',
    environment: ['ALICLOUD_PROFILE', 'ALIBABA_CLOUD_PROFILE'],
    default: 'the `current` profile of the file (`default` in an INI file)',
  },
  sharedCredentialsFile: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    description: 'The file of profiles.',
    environment: ['ALICLOUD_SHARED_CREDENTIALS_FILE', 'ALIBABA_CLOUD_CREDENTIALS_FILE'],
    default: '`~/.aliyun/config.json`',
  },
  ecsRoleName: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    description: 'The RAM role of the ECS instance that Pulumi runs on.',
    environment: ['ALICLOUD_ECS_ROLE_NAME', 'ALIBABA_CLOUD_ECS_METADATA'],
  },
  credentialsUri: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'string',
    // It may carry a token.
    secret: true,
    description: 'An `http://` or `https://` URI that answers temporary keys.',
    environment: ['ALICLOUD_CREDENTIALS_URI', 'ALIBABA_CLOUD_CREDENTIALS_URI'],
  },
  assumeRole: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'object',
    title: 'AssumeRole',
    description: 'A role to assume with the credentials that the other keys give.',
    fields: {
      roleArn: {
        type: 'string',
        required: true,
        description: ROLE,
        environment: ['ALICLOUD_ASSUME_ROLE_ARN', 'ALIBABA_CLOUD_ROLE_ARN'],
      },
      sessionName: {
        ...SESSION,
        environment: ['ALICLOUD_ASSUME_ROLE_SESSION_NAME', 'ALIBABA_CLOUD_ROLE_SESSION_NAME'],
      },
      policy: POLICY,
      sessionExpiration: { ...EXPIRATION, environment: ['ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION'] },
      // A secret that two accounts share.
      externalId: {
        type: 'string',
        secret: true,
        description: 'What the trust policy of the role asks for.',
      },
    },
  },
  assumeRoleWithOidc: {
    namespace: 'alicloud',
    section: 'credentials',
    type: 'object',
    title: 'AssumeRoleWithOidc',
    description: 'A role to assume with an OIDC token, without a key.',
    fields: {
      oidcProviderArn: {
        type: 'string',
        required: true,
        description: 'The OIDC provider: `acs:ram::<account id>:oidc-provider/<name>`.',
        environment: ['ALIBABA_CLOUD_OIDC_PROVIDER_ARN'],
      },
      roleArn: {
        type: 'string',
        required: true,
        description: ROLE,
        environment: ['ALIBABA_CLOUD_ROLE_ARN'],
      },
      oidcTokenFile: {
        type: 'string',
        description: 'The path of a file that holds the token; read again each time it is needed.',
        environment: ['ALIBABA_CLOUD_OIDC_TOKEN_FILE'],
      },
      oidcToken: {
        type: 'string',
        secret: true,
        description: 'The token itself, not together with the file.',
        stateNote: 'It stands, encrypted, in the state: prefer `oidcTokenFile`.',
        environment: ['ALIBABA_CLOUD_OIDC_TOKEN'],
      },
      roleSessionName: { ...SESSION, environment: ['ALIBABA_CLOUD_ROLE_SESSION_NAME'] },
      policy: POLICY,
      sessionExpiration: EXPIRATION,
    },
  },
  endpoints: {
    namespace: 'alicloud',
    section: 'endpoints',
    type: 'object',
    title: 'Endpoints',
    description: "Hosts to use instead of the services' own.",
    fields: {
      imm: {
        type: 'string',
        description: 'The host of IMM.',
        environment: ['IMM_ENDPOINT'],
        default: '`imm.<region>.aliyuncs.com` (`imm-vpc.` in cn-beijing-gov-1)',
      },
      mts: {
        type: 'string',
        description: 'The host of MPS.',
        environment: ['MTS_ENDPOINT'],
        default: '`mts.<region>.aliyuncs.com`',
      },
      sts: {
        type: 'string',
        description: 'The host of STS.',
        environment: ['STS_ENDPOINT'],
        default: '`sts.aliyuncs.com`',
      },
    } satisfies Readonly<Record<Service, ValueDescription>>,
  },
  accountId: {
    namespace: 'alicloud',
    section: 'account',
    type: 'string',
    description: 'The one account that may be used.',
    environment: ['ALICLOUD_ACCOUNT_ID', 'ALIBABA_CLOUD_ACCOUNT_ID'],
  },
  allowedAccountIds: {
    namespace: 'alicloud-media',
    section: 'account',
    type: 'strings',
    description: 'The accounts that may be used.',
    default: 'all',
  },
  skipRequestingAccountId: {
    namespace: 'alicloud-media',
    section: 'account',
    type: 'boolean',
    description: 'Do not ask STS which account the credentials belong to, for networks that cannot reach it.',
    default: '`false`',
  },
  consistencyWindow: {
    namespace: 'alicloud-media',
    section: 'rest',
    type: 'duration',
    description:
      'For how long after a link was made its absence is not believed: seconds, `60s` or `2m`, at most ten minutes.',
    default: '`60s`',
  },
  network: {
    namespace: 'alicloud-media',
    section: 'rest',
    type: 'string',
    values: ['public', 'vpc'],
    description:
      'The hosts of the services to use: `public`, or `vpc` for those inside a VPC (`imm-vpc.`, `mts-vpc.`, `sts-vpc.` and the region).',
    default: '`public`',
  },
  caFile: {
    namespace: 'alicloud-media',
    section: 'rest',
    type: 'string',
    description: 'A PEM file with certificate authorities to trust besides those of Node.',
  },
  clientReadTimeout: {
    namespace: 'alicloud',
    section: 'rest',
    type: 'integer',
    description: 'Milliseconds for a reply.',
    environment: ['CLIENT_READ_TIMEOUT'],
    default: '30000',
  },
  clientConnectTimeout: {
    namespace: 'alicloud',
    section: 'rest',
    type: 'integer',
    description: 'Milliseconds for a connection to stand.',
    environment: ['CLIENT_CONNECT_TIMEOUT'],
    default: '10000',
  },
  configurationSource: {
    namespace: 'alicloud',
    section: 'rest',
    type: 'string',
    description: 'Added to the user agent, up to 128 printable ASCII characters.',
    stackOnly: true,
  },
} as const satisfies Readonly<Record<string, KeyDescription>>;
