import type { Bound } from '../limits/retry.js';
import type { Credentials } from '../records/redact.js';
import type { PlainReply, PlainRequest } from '../sending/plain-http.js';
import type { PopReply } from '../sending/pop.js';

/** One exchange with STS through the wire, tried again as long as the bound allows. */
export type StsCall = (
  action: string,
  params: Record<string, string | number>,
  credentials: Credentials | 'unsigned',
  bound: Bound,
) => Promise<PopReply>;

/** One request to another source through the wire's connections, sent once. */
export type PlainCall = (
  url: URL,
  how: Pick<PlainRequest, 'method' | 'headers'> & { readonly connectTimeout?: number },
  bound: Bound,
) => Promise<PlainReply>;

export interface CredentialsContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly sts: StsCall;
  readonly plain: PlainCall;
}

export interface CredentialsSource {
  /** Names where the keys come from, never the keys. */
  readonly description: string;
  /** The credentials to use now. Concurrent calls share one request; a session is renewed before it ends. */
  get(bound: Bound): Promise<Credentials>;
  /**
   * Forgets what is kept; false where the source can only give the same keys again. With the credentials that were
   * refused, only the first of many callers makes it forget: the others find them replaced, or being replaced.
   */
  renew(refused?: Credentials): boolean;
}

/** For an error that says that the credentials are wrong, or over. */
export function keysAdvice(source: CredentialsSource): string {
  return (
    `These credentials came from ${source.description}; without --run-program, destroy and refresh use ` +
    'the configuration stored by the last up.'
  );
}
