import { homedir } from 'node:os';
import { join } from 'node:path';
import { CredentialsError } from '../answers/errors.js';
import { plain, type Reply } from '../answers/reply.js';

/** What a file of profiles holds: the JSON of the aliyun CLI and Terraform, or the INI of the SDKs. */
export interface ProfileFile {
  readonly format: 'json' | 'ini';
  readonly current: string | undefined;
  readonly profiles: ReadonlyMap<string, Reply>;
}

export const DEFAULT_PROFILE_FILE = '~/.aliyun/config.json';

/** `~` is the home directory of the given environment, as a shell has it. */
export function withHome(path: string, environment: NodeJS.ProcessEnv): string {
  if (path !== '~' && !path.startsWith('~/') && !path.startsWith('~\\')) return path;
  return join(environment.HOME ?? environment.USERPROFILE ?? homedir(), path.slice(1));
}

/** Never repeats what the file holds: the reason of a failed JSON.parse quotes the text around the fault. */
export function parseProfileFile(content: string, file: string): ProfileFile {
  const text = content.replace(/^\uFEFF/, '').trim();
  if (text.startsWith('{')) return parseJson(text, file);
  if (/^\s*\[[^\]\r\n]+\]/m.test(text)) return parseIni(text);
  throw new CredentialsError(
    `The file of profiles ${file} is neither the JSON of the aliyun CLI nor an INI file.`,
  );
}

function parseJson(text: string, file: string): ProfileFile {
  let parsed: Reply | undefined;
  try {
    parsed = plain(JSON.parse(text));
  } catch {
    throw new CredentialsError(`The file of profiles ${file} is not valid JSON.`);
  }
  const list = Array.isArray(parsed?.profiles) ? parsed.profiles : [];
  const profiles = new Map<string, Reply>();
  for (const entry of list) {
    const profile = plain(entry);
    if (profile && typeof profile.name === 'string') profiles.set(profile.name, profile);
  }
  return {
    format: 'json',
    current: typeof parsed?.current === 'string' ? parsed.current : undefined,
    profiles,
  };
}

function parseIni(text: string): ProfileFile {
  const profiles = new Map<string, Record<string, string>>();
  let section: Record<string, string> = {};
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    const name = /^\[([^\]]+)\]$/.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      section = profiles.get(name) ?? {};
      profiles.set(name, section);
      continue;
    }
    const [, key, value] = /^([^#;=][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) section[key] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return { format: 'ini', current: 'default', profiles };
}

/** The code of a failed file operation, such as ENOENT. Its message is not needed: it repeats the path. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'it failed';
}
