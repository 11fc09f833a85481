import { readFileSync } from 'node:fs';
import { DEFAULT_PROFILE_FILE, parseProfileFile, withHome } from '../credentials/profile-file.js';
import { profileGiven } from './credentials.js';
import type { Reader } from './reader.js';

/** What a region looks like; no text that is not so may become part of a host name. */
export const REGION = /^[a-z]{2,}(-[a-z0-9]+)+$/;

const VARIABLES = ['ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION', 'ALIBABACLOUD_REGION'];

/** The region of the provider, undefined where none is said: there is no default region. */
export function readRegion(reader: Reader): { readonly value: string; readonly source: string } | undefined {
  const found = reader.first('alicloud:region', ...VARIABLES);
  if (!found) return ofProfile(reader);
  if (REGION.test(found.value)) return { value: found.value, source: found.source };
  reader.wrong(found, 'it must be the id of a region, such as cn-shanghai');
  return undefined;
}

/** A file that cannot be read is no problem here: if the credentials come from it, they say so. */
function ofProfile(reader: Reader): { readonly value: string; readonly source: string } | undefined {
  const { name, file } = profileGiven(reader);
  if (!name) return undefined;
  const path = file?.value ?? DEFAULT_PROFILE_FILE;
  try {
    const contents = parseProfileFile(readFileSync(withHome(path, reader.environment), 'utf8'), path);
    const region = contents.profiles.get(name.value)?.region_id;
    if (typeof region !== 'string' || !REGION.test(region)) return undefined;
    return { value: region, source: `profile '${name.value}' in ${path}` };
  } catch {
    return undefined;
  }
}
