import type { Handler } from '../pipeline/handler.js';
import { roleId } from './assume-role.js';

/** STS is not in api-facts.md: the shapes of replies here are those the SDKs of STS 2015-04-01 read. */
export const getCallerIdentity: Handler = (_request, caller) => {
  const { account, role, session } = caller;
  if (role === '') {
    return {
      AccountId: account,
      Arn: `acs:ram::${account}:root`,
      IdentityType: 'Account',
      PrincipalId: account,
      UserId: account,
    };
  }
  return {
    AccountId: account,
    Arn: `acs:ram::${account}:assumed-role/${role}/${session}`,
    IdentityType: 'AssumedRoleUser',
    PrincipalId: `${roleId(role)}:${session}`,
    RoleId: roleId(role),
    UserId: `${roleId(role)}:${session}`,
  };
};
