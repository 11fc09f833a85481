import { ServiceError, TransportError } from '../../provider/alicloud/answers/errors.js';
import { AccountError } from '../../provider/alicloud/credentials/account.js';
import { PROBES } from './calls.js';
import type { Check } from './check.js';
import type { Context } from './context.js';
import { ok, problem, skip, warning } from './finding.js';
import { isAboutKeys, isAboutTime } from './services.js';
import { unreadCredentials } from './settings.js';

const credentials: Check = {
  name: 'credentials',
  description: 'Are there credentials, where do they come from, and does the service know them?',
  async run(context) {
    const { services, settings } = context;
    if (services.configuration instanceof Error) return skip('the configuration is not usable');
    const error = await refusal(context);
    const source = services.wire.credentialsSource;
    const unread = unreadCredentials(settings);
    if (isAboutKeys(error)) {
      const advice = error instanceof ServiceError ? services.wire.keysAdvice : '';
      return problem(error.message, error.hint || ELSEWHERE, advice, ...unread.map(inEnvironment));
    }
    if (unread.length > 0)
      return warning(
        `from ${source}, since those of the stack are encrypted: ${unread.join(', ')}`,
        'What is said here of the account and of permissions is of these credentials, not of those of the stack.',
        ...unread.map(inEnvironment),
      );
    return ok(`from ${source}${error === undefined ? '' : '; nobody has confirmed them'}`);
  },
};

const ELSEWHERE =
  'Correct what it names, or give credentials in another way: docs/reference/configuration.md has all of them.';

/** The first who is asked with the credentials: STS, or IMM where that is not to be asked. */
async function refusal({ services }: Context): Promise<unknown> {
  const { configuration } = services;
  if (!(configuration instanceof Error) && configuration.skipRequestingAccountId) {
    const outcome = await services.ask(PROBES.imm);
    return outcome.is === 'failed' ? outcome.error : undefined;
  }
  const account = await services.account();
  return account.is === 'failed' && !(account.error instanceof AccountError) ? account.error : undefined;
}

const VARIABLES: Readonly<Record<string, string>> = {
  accessKey: 'ALICLOUD_ACCESS_KEY',
  secretKey: 'ALICLOUD_SECRET_KEY',
  securityToken: 'ALICLOUD_SECURITY_TOKEN',
};

function inEnvironment(key: string): string {
  const variable = VARIABLES[key.split(':')[1] ?? ''];
  return variable === undefined ? '' : `To try that of the stack: ${variable}="$(pulumi config get ${key})"`;
}

const account: Check = {
  name: 'account',
  description: 'Whose are the credentials (STS GetCallerIdentity), and is that an account to work in?',
  async run({ services }) {
    const { configuration } = services;
    if (configuration instanceof Error) return skip('the configuration is not usable');
    const { accountId, allowedAccountIds, skipRequestingAccountId } = configuration;
    if (skipRequestingAccountId)
      return skip(
        `STS is not asked, since alicloud-media:skipRequestingAccountId is true; configured: ${accountId ?? 'none'}`,
      );
    const found = await services.account();
    if (found.is === 'known') {
      const guards = [accountId ? 'accountId' : [], allowedAccountIds.length > 0 ? 'allowedAccountIds' : []];
      const guard = guards.flat().join(' and ');
      return ok(`${found.account}, ${guard === '' ? 'and no accountId guards it' : `as ${guard} allows`}`);
    }
    const { error } = found;
    if (error instanceof AccountError)
      return problem(
        error.message,
        'Use credentials of that account, or correct alicloud:accountId and alicloud-media:allowedAccountIds.',
        services.wire.keysAdvice,
      );
    if (isAboutKeys(error)) return skip('there are no usable credentials');
    if (error instanceof TransportError) return skip('STS gave no answer');
    if (isAboutTime(error)) return skip('the clock of this machine is refused');
    if (error instanceof ServiceError) return problem(error.message, error.hint);
    return problem(
      error instanceof Error ? error.message : 'STS could not be asked',
      'Correct the configuration that it names.',
    );
  },
};

export const accountChecks: readonly Check[] = [credentials, account];
