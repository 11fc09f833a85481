import { ConfigurationError } from '../answers/errors.js';
import type { CredentialsPlan } from '../credentials/plan.js';
import { certificatesProblem } from '../network/agents.js';
import type { Service } from '../sending/services.js';
import { readCredentialsPlan } from './credentials.js';
import { type Endpoint, readEndpoints } from './endpoints.js';
import { type Found, Reader } from './reader.js';
import { refuseKeys } from './refused-keys.js';
import { readRegion } from './region.js';

export type { CredentialsPlan } from '../credentials/plan.js';

/** The text of a key such as `alicloud:region`, or undefined; objects as JSON, secrets decrypted. */
export type ConfigSource = (key: string) => string | undefined;

/** Everything a person can set. Printing it shows no credential. */
export interface Configuration {
  readonly region: { readonly value: string; readonly source: string } | undefined;
  readonly endpoints: Partial<Record<Service, Endpoint>>;
  readonly accountId: string | undefined;
  readonly allowedAccountIds: readonly string[];
  readonly skipRequestingAccountId: boolean;
  /** Milliseconds. */
  readonly consistencyWindow: number;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds. */
  readonly readTimeout: number;
  readonly userAgentSuffix: string | undefined;
  /** Which hosts of the services to use. */
  readonly network: 'public' | 'vpc';
  /** A PEM file with certificate authorities to trust besides Node's own. */
  readonly caFile: string | undefined;
  readonly credentials: CredentialsPlan;
}

/**
 * Throws one ConfigurationError with every problem: its key or variable, its value unless secret, the rule. A key that
 * is undecided is given, with a value that nobody knows yet: nothing is held against it, nor against what depends on it.
 */
export function readConfiguration(
  get: ConfigSource,
  environment: NodeJS.ProcessEnv,
  isUndecided?: (key: string) => boolean,
): Configuration {
  const reader = new Reader(get, environment, isUndecided);
  refuseKeys(reader);
  const configuration: Configuration = {
    region: readRegion(reader),
    endpoints: readEndpoints(reader),
    ...readAccounts(reader),
    consistencyWindow: readWindow(reader),
    connectTimeout: readTimeout(reader, 'alicloud:clientConnectTimeout', 'CLIENT_CONNECT_TIMEOUT', 10_000),
    readTimeout: readTimeout(reader, 'alicloud:clientReadTimeout', 'CLIENT_READ_TIMEOUT', 30_000),
    userAgentSuffix: readSuffix(reader),
    network: readNetwork(reader),
    caFile: readCaFile(reader),
    credentials: readCredentialsPlan(reader),
  };
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems);
  return configuration;
}

type Accounts = Pick<Configuration, 'accountId' | 'allowedAccountIds' | 'skipRequestingAccountId'>;

function readAccounts(reader: Reader): Accounts {
  const account = reader.first('alicloud:accountId', 'ALICLOUD_ACCOUNT_ID', 'ALIBABA_CLOUD_ACCOUNT_ID');
  const allowed = reader.config('alicloud-media:allowedAccountIds');
  const skip = reader.config('alicloud-media:skipRequestingAccountId');
  const allowedAccountIds = allowed ? accountList(allowed, reader) : [];
  const skipRequestingAccountId = reader.flag(skip);
  if (account && !isAccount(account.value)) reader.wrong(account, 'it must be the digits of an account id');
  if (allowed && allowedAccountIds.length > 0) {
    if (account && !allowedAccountIds.includes(account.value)) {
      reader.wrong(account, `it is not among ${allowed.name}: ${allowedAccountIds.join(', ')}`);
    }
    if (skip && skipRequestingAccountId && !account && !reader.isUndecided('alicloud:accountId')) {
      reader.say(
        skip.name,
        `is true, so ${allowed.name} could not be checked; give alicloud:accountId or remove one of them`,
      );
    }
  }
  return { accountId: account?.value, allowedAccountIds, skipRequestingAccountId };
}

/** Not JSON.parse: it rounds an id of sixteen digits that is written as a number. */
function accountList(found: Found, reader: Reader): readonly string[] {
  const ids = found.value
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .split(',')
    .map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'));
  if (ids.every(isAccount)) return ids;
  reader.wrong(found, 'it must be account ids, as a JSON list or with commas between them');
  return [];
}

const isAccount = (text: string): boolean => /^\d{1,20}$/.test(text);

function readWindow(reader: Reader): number {
  const found = reader.config('alicloud-media:consistencyWindow');
  if (!found) return 60_000;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(s|m)?$/.exec(found.value.trim()) ?? [];
  const milliseconds = Math.round(Number(number ?? Number.NaN) * (unit === 'm' ? 60_000 : 1000));
  if (milliseconds >= 0 && milliseconds <= 600_000) return milliseconds;
  reader.wrong(found, 'it must be seconds as a number, or a time such as 60s or 2m, from 0 to 10 minutes');
  return 0;
}

function readTimeout(reader: Reader, key: string, variable: string, standard: number): number {
  const found = reader.first(key, variable);
  return (found && reader.whole(found, 1, 600_000, 'milliseconds')) ?? standard;
}

function readSuffix(reader: Reader): string | undefined {
  const found = reader.config('alicloud:configurationSource');
  if (found && !/^[\x20-\x7e]{1,128}$/.test(found.value)) {
    reader.wrong(found, 'it becomes part of a header, so it must be up to 128 printable ASCII characters');
  }
  return found?.value;
}

function readNetwork(reader: Reader): 'public' | 'vpc' {
  const found = reader.config('alicloud-media:network');
  if (found && found.value !== 'public' && found.value !== 'vpc')
    reader.wrong(found, 'it must be public or vpc');
  return found?.value === 'vpc' ? 'vpc' : 'public';
}

function readCaFile(reader: Reader): string | undefined {
  const found = reader.config('alicloud-media:caFile');
  const problem = found && certificatesProblem(found.value);
  if (found && problem !== undefined) reader.wrong(found, problem);
  return found?.value;
}
