import { readFile } from 'node:fs/promises';
import { CredentialsError, UnavailableError } from '../answers/errors.js';
import type { CredentialsContext, CredentialsSource } from './credentials-source.js';
import { isOn } from './metadata.js';
import type { CredentialsPlan } from './plan.js';
import {
  DEFAULT_PROFILE_FILE,
  type ProfileFile,
  parseProfileFile,
  reasonOf,
  withHome,
} from './profile-file.js';
import { planOfProfile } from './profile-plan.js';
import { foundSource } from './profile-source.js';
import { ecsRoleSource } from './remote-sources.js';

const NAME = 'the default chain';

/** In this order, as the SDKs read them where nobody named a source (api-facts.md §6). */
const FILES = [
  { file: DEFAULT_PROFILE_FILE, switchedOffBy: 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED' },
  { file: '~/.alibabacloud/credentials', switchedOffBy: undefined },
] as const;

/**
 * Where nobody named a source: the profile of the first file that has one, else the role of this machine. What a file
 * says holds: a profile that cannot be used is an error, and never a reason to work with other keys.
 */
export function chainSource(
  context: CredentialsContext,
  sourceOf: (plan: CredentialsPlan) => CredentialsSource,
): CredentialsSource {
  const chain = foundSource(
    NAME,
    async () => {
      const found = await firstProfile(context.environment);
      const source =
        'plan' in found
          ? sourceOf(found.plan)
          : roleOfMachine(context, found.passedOver, () => chain.renew());
      const { description } = source;
      return { ...source, description: `${NAME}, ${description}` };
    },
    () => new CredentialsError(`${NAME} found no credentials in time.`),
  );
  return chain;
}

type Found = { readonly plan: CredentialsPlan } | { readonly passedOver: string };

async function firstProfile(environment: NodeJS.ProcessEnv): Promise<Found> {
  const passedOver: string[] = [];
  for (const { file, switchedOffBy } of FILES) {
    const contents =
      switchedOffBy !== undefined && isOn(environment[switchedOffBy])
        ? `${switchedOffBy} is true`
        : await contentsOf(file, environment);
    if (typeof contents !== 'string')
      return { plan: planOfProfile(undefined, { contents, file, environment }) };
    passedOver.push(`${file} (${contents})`);
  }
  return { passedOver: passedOver.join(', ') };
}

/** A file with a profile to use; or why it is passed over. */
async function contentsOf(file: string, environment: NodeJS.ProcessEnv): Promise<ProfileFile | string> {
  let content: string;
  try {
    content = await readFile(withHome(file, environment), 'utf8');
  } catch (error) {
    return reasonOf(error);
  }
  if (content.trim() === '') return 'it is empty';
  const contents = parseProfileFile(content, file);
  const { current, profiles, format } = contents;
  if (current === undefined) return 'it names no current profile';
  const profile = profiles.get(current);
  if (profile === undefined && format === 'ini') return `it has no profile '${current}'`;
  // As the aliyun CLI writes it before anybody has configured it.
  const { mode, access_key_id: id, access_key_secret: secret } = profile ?? { mode: 'missing' };
  return (mode || 'AK') === 'AK' && format === 'json' && !id && !secret
    ? 'its current profile is empty'
    : contents;
}

function roleOfMachine(
  context: CredentialsContext,
  passedOver: string,
  forget: () => void,
): CredentialsSource {
  const plan = { kind: 'ecsRole', source: 'the metadata service', roleName: '' } as const;
  const role = ecsRoleSource(plan, context, false);
  let hasAnswered = false;
  return {
    ...role,
    get: async (bound) => {
      try {
        const credentials = await role.get(bound);
        hasAnswered = true;
        return credentials;
      } catch (error) {
        if (hasAnswered || !(error instanceof CredentialsError) || error instanceof UnavailableError)
          throw error;
        // By the next time somebody may have written a file.
        forget();
        throw new CredentialsError(
          'No credentials were found. Not set: alicloud:accessKey and the other keys of the configuration, ' +
            `ALICLOUD_*, ALIBABA_CLOUD_*, ALIBABACLOUD_*. Passed over by ${NAME}: ${passedOver}. ${error.message}.`,
        );
      }
    },
  };
}
