import { readFileSync } from 'node:fs';
import { DEFAULT_PROFILE_FILE, parseProfileFile, withHome } from '../credentials/profile-file.js';
import { profileGiven } from './credentials.js';
import type { Reader } from './reader.js';
import { REGION_ID, REGION_RULE } from './region-id.js';

const VARIABLES = ['ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION', 'ALIBABACLOUD_REGION'];

/** The region of the provider, undefined where none is said: there is no default region. */
export function readRegion(reader: Reader): { readonly value: string; readonly source: string } | undefined {
  const found = reader.first('alicloud:region', ...VARIABLES);
  if (!found) return reader.isUndecided('alicloud:region') ? undefined : ofProfile(reader);
  if (REGION_ID.test(found.value)) return { value: found.value, source: found.source };
  reader.wrong(found, `it must be ${REGION_RULE}`);
  return undefined;
}

/** A file that cannot be read is no problem here: if the credentials come from it, they say so. */
function ofProfile(reader: Reader): { readonly value: string; readonly source: string } | undefined {
  const { name, file } = profileGiven(reader);
  if (!name || reader.isUndecided('alicloud:sharedCredentialsFile')) return undefined;
  const path = file?.value ?? DEFAULT_PROFILE_FILE;
  const region = regionIn(path, name.value, reader);
  if (region === undefined || region === null || region === '') return undefined;
  const source = `profile '${name.value}' in ${path}`;
  if (typeof region === 'string' && REGION_ID.test(region)) return { value: region, source };
  // Not shown: nothing of a file with keys in it ever is.
  reader.say(`region_id of ${source}`, `must be ${REGION_RULE}`);
  return undefined;
}

function regionIn(path: string, profile: string, { environment }: Reader): unknown {
  try {
    const contents = parseProfileFile(readFileSync(withHome(path, environment), 'utf8'), path);
    return contents.profiles.get(profile)?.region_id;
  } catch {
    return undefined;
  }
}
