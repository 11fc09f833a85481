import { ConfigurationError } from '../../../provider/alicloud/answers/errors.js';
import {
  type CredentialsPlan,
  readConfiguration,
} from '../../../provider/alicloud/configuration/configuration.js';

export type Values = Record<string, string>;

export const read = (config: Values, environment: Values = {}) =>
  readConfiguration((key) => config[key], environment);

/** What a configuration is refused for. */
export function problems(config: Values, environment: Values = {}): readonly string[] {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

/** The plan in one line, secrets revealed. */
export function show(plan: CredentialsPlan): string {
  switch (plan.kind) {
    case 'keys': {
      const token = plan.securityToken ? `/${plan.securityToken.reveal()}` : '';
      return `keys ${plan.accessKeyId.reveal()}/${plan.accessKeySecret.reveal()}${token} from ${plan.source}`;
    }
    case 'profile':
      return `profile ${plan.name ?? '(current)'} in ${plan.file}`;
    case 'ecsRole':
      return `ECS role ${plan.roleName} from ${plan.source}`;
    case 'uri':
      return `URI ${plan.uri.reveal()} from ${plan.source}`;
    case 'oidc': {
      const token = 'reveal' in plan.token ? `token ${plan.token.reveal()}` : `file ${plan.token.file}`;
      return `OIDC ${plan.oidcProviderArn} ${token} role ${plan.roleArn} from ${plan.source}`;
    }
    case 'chain':
      return 'chain';
    case 'role':
      return `${show(plan.base)}, then role ${plan.roleArn} as ${plan.sessionName} for ${plan.sessionExpiration}`;
  }
}
