import { CredentialsError, UnavailableError } from '../answers/errors.js';
import { plain } from '../answers/reply.js';
import { NoReplyError, type PlainReply } from '../sending/plain-http.js';
import { endIn, type Session, sessionFor } from './session.js';

/** A source that is asked over HTTP. No error of it repeats its address or what it answers: either may hold keys. */
export interface Remote {
  /** `credentials URI (environment ALICLOUD_CREDENTIALS_URI)`. */
  readonly title: string;
  /** What a person can look at where it gives nothing. */
  readonly hint: string;
}

/** The good reply of one request. The error of any other says whether the same request may succeed later. */
export async function replyOf(remote: Remote, asked: Promise<PlainReply>): Promise<PlainReply> {
  let reply: PlainReply;
  try {
    reply = await asked;
  } catch (error) {
    if (!(error instanceof NoReplyError)) throw error;
    const { message, isConnected, barrier } = error;
    if (barrier !== undefined) throw gaveNone(remote, message, barrier);
    throw new UnavailableError(textOf(remote, message), remote.hint, isConnected ? 'connected' : 'never');
  }
  const { status } = reply;
  if (status === 200) return reply;
  const reason = `it answered with HTTP ${status}`;
  if (status < 500 && status !== 408 && status !== 429) throw gaveNone(remote, reason);
  throw new UnavailableError(textOf(remote, reason), remote.hint, 'answered');
}

/** The temporary keys of a reply, and until when they are good. */
export function sessionOf(remote: Remote, { text, date }: PlainReply, now: number): Session {
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = parsed(remote, text);
  if (!isText(AccessKeyId) || !isText(AccessKeySecret) || !isText(SecurityToken))
    throw gaveNone(remote, 'its reply lacks AccessKeyId, AccessKeySecret or SecurityToken');
  const end = endIn(Expiration);
  if (Number.isNaN(end)) throw gaveNone(remote, 'its reply has no valid Expiration');
  const credentials = {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    securityToken: SecurityToken,
  };
  // Expiration is a time of the other's clock; the local one may differ by minutes.
  return sessionFor(credentials, end - (date ?? now), now);
}

export function parsed(remote: Remote, text: string): Readonly<Record<string, unknown>> {
  try {
    return plain(JSON.parse(text)) ?? {};
  } catch {
    // The reason would quote the reply.
    throw gaveNone(remote, 'its reply is not JSON');
  }
}

export function gaveNone(remote: Remote, reason: string, hint = remote.hint): CredentialsError {
  return new CredentialsError(textOf(remote, reason), hint);
}

/** For somebody whose time is over before anything went wrong. */
export function lateAnswer(remote: Remote): CredentialsError {
  return gaveNone(remote, 'it did not answer in time');
}

function textOf({ title }: Remote, reason: string): string {
  return `The ${title} gave no credentials: ${reason}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
