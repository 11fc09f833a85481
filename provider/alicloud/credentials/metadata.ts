import { CredentialsError, UnavailableError } from '../answers/errors.js';
import type { Bound } from '../limits/retry.js';
import type { PlainReply } from '../sending/plain-http.js';
import type { CredentialsContext } from './credentials-source.js';
import type { Session } from './session.js';
import { gaveNone, parsed, type Remote, replyOf, sessionOf } from './temporary-keys.js';

/** Link-local on every ECS instance; never behind a proxy, and without TLS. */
const SERVICE = 'http://100.100.100.200/latest/';
const ROLES = 'meta-data/ram/security-credentials/';
/** Milliseconds: it is on the same machine, or there is none. */
const CONNECT_TIMEOUT = 1_000;
/** Seconds that the token of one look has to last. */
const TOKEN_LIFETIME = '60';

/** Whether a switch of the SDKs is on. */
export function isOn(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** Asks the metadata service of this instance, once, for keys of its role; without a name for whichever it has. */
export async function askMetadata(
  remote: Remote,
  roleName: string,
  { environment, plain }: CredentialsContext,
  bound: Bound,
): Promise<Session> {
  if (isOn(environment.ALIBABA_CLOUD_ECS_METADATA_DISABLED))
    throw gaveNone(
      remote,
      'ALIBABA_CLOUD_ECS_METADATA_DISABLED is true',
      'Unset it, or give other credentials.',
    );
  const ask = (path: string, how: Omit<Parameters<typeof plain>[1], 'connectTimeout'>): Promise<PlainReply> =>
    replyOf(remote, plain(new URL(path, SERVICE), { ...how, connectTimeout: CONNECT_TIMEOUT }, bound));
  const token = await tokenOf(ask, isOn(environment.ALIBABA_CLOUD_IMDSV1_DISABLED));
  const how = token === undefined ? {} : { headers: { 'x-aliyun-ecs-metadata-token': token } };
  const name = roleName || (await ask(ROLES, how)).text.trim();
  if (!/^[\w.@-]{1,64}$/.test(name)) throw gaveNone(remote, 'its reply names no role');
  const reply = await ask(`${ROLES}${encodeURIComponent(name)}`, how);
  if (parsed(remote, reply.text).Code !== 'Success') throw gaveNone(remote, 'its reply holds no credentials');
  return sessionOf(remote, reply, bound.clock.now());
}

/** The token of the second version; undefined where only the first version answers, and may be used. */
async function tokenOf(
  ask: (path: string, how: { method: 'PUT'; headers: Record<string, string> }) => Promise<PlainReply>,
  isSecondNeeded: boolean,
): Promise<string | undefined> {
  const headers = { 'x-aliyun-ecs-metadata-token-ttl-seconds': TOKEN_LIFETIME };
  try {
    return (await ask('api/token', { method: 'PUT', headers })).text.trim();
  } catch (error) {
    const isThere = !(error instanceof UnavailableError && error.reached === 'never');
    if (error instanceof CredentialsError && isThere && !isSecondNeeded) return undefined;
    throw error;
  }
}
