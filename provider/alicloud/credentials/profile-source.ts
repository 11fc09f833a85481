import { readFile } from 'node:fs/promises';
import { CredentialsError } from '../answers/errors.js';
import { Kept } from '../limits/kept.js';
import type { CredentialsContext, CredentialsSource } from './credentials-source.js';
import type { CredentialsPlan, ProfilePlan } from './plan.js';
import { parseProfileFile, reasonOf, withHome } from './profile-file.js';
import { planOfProfile } from './profile-plan.js';

/** The file is read on first use and again after renew(): another tool may have written newer keys into it. */
export function profileSource(
  { name, file }: ProfilePlan,
  { environment }: CredentialsContext,
  sourceOf: (plan: CredentialsPlan) => CredentialsSource,
): CredentialsSource {
  const unread = (reason: string) =>
    new CredentialsError(`The file of profiles ${file} cannot be read (${reason}).`);
  return foundSource(
    name === undefined ? `current profile in ${file}` : `profile '${name}' in ${file}`,
    async () => {
      const content = await readFile(withHome(file, environment), 'utf8').catch((error: unknown) => {
        throw unread(reasonOf(error));
      });
      const contents = parseProfileFile(content, file);
      return sourceOf(planOfProfile(name, { contents, file, environment }));
    },
    () => unread('not in time'),
  );
}

/** A source that another place says; `description` is for as long as it has not been looked up. */
export function foundSource(
  description: string,
  find: () => Promise<CredentialsSource>,
  late: () => Error,
): CredentialsSource {
  let known = description;
  const found = new Kept(async () => {
    const source = await find();
    known = source.description;
    return source;
  }, late);
  return {
    get description() {
      return known;
    },
    get: async (bound) => (await found.get(bound)).get(bound),
    renew: () => {
      found.forget();
      return true;
    },
  };
}
