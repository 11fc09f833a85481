import type { Handlers } from '../pipeline/handler.js';
import { assumeRole, assumeRoleWithOidc } from './assume-role.js';
import { getCallerIdentity } from './caller-identity.js';

export const STS_HANDLERS: Handlers = {
  GetCallerIdentity: getCallerIdentity,
  AssumeRole: assumeRole,
  AssumeRoleWithOIDC: assumeRoleWithOidc,
};
