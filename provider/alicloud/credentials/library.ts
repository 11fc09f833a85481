import { CredentialsError } from '../errors.js';
import { quietHttpx } from '../quiet-httpx.js';
import type { Session } from './session.js';

/** What we use of `@alicloud/credentials`, which is loaded only where one of its sources is needed. */
interface LibraryProvider {
  getCredentials(): Promise<{
    accessKeyId?: string;
    accessKeySecret?: string;
    securityToken?: string;
    providerName?: string;
  }>;
}
interface Builder {
  withRoleName(name: string): Builder;
  withCredentialsURI(uri: string): Builder;
  build(): LibraryProvider;
}
type LibraryClass = { builder(): Builder };
interface Library {
  readonly DefaultCredentialsProvider: LibraryClass;
  readonly ECSRAMRoleCredentialsProvider: LibraryClass;
  readonly URICredentialsProvider: LibraryClass;
}

type LibraryKind = { readonly ecsRole: string } | { readonly uri: string } | 'chain';

/**
 * One source of the library. A failed one is thrown away: the chain remembers the last link it tried, even
 * when that link failed, and asks only that one ever after.
 */
export class LibrarySource {
  #provider: LibraryProvider | undefined;
  readonly #kind: LibraryKind;
  /** Which link of the chain answered, as the library names it. */
  answeredBy: string | undefined;

  constructor(
    kind: LibraryKind,
    private readonly source: string,
  ) {
    this.#kind = kind;
  }

  async obtain(): Promise<Session> {
    try {
      this.#provider ??= await build(this.#kind);
      const { accessKeyId, accessKeySecret, securityToken, providerName } =
        await this.#provider.getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error('empty');
      this.answeredBy = /^default\/([a-z_]{1,40})/.exec(providerName ?? '')?.[1];
      const token = securityToken ? { securityToken } : {};
      // Asked again on every use: the library keeps the session and renews it 15 minutes before its end.
      return { credentials: { accessKeyId, accessKeySecret, ...token }, refreshAt: 0, expiresAt: undefined };
    } catch (error) {
      this.#provider = undefined;
      throw new CredentialsError(
        this.#kind === 'chain'
          ? chainFailure(error)
          : `The ${this.source} gave no credentials: ${said(error)}.`,
      );
    }
  }

  forget(): void {
    this.#provider = undefined;
  }
}

async function build(kind: LibraryKind): Promise<LibraryProvider> {
  quietHttpx('@alicloud/credentials');
  const loaded = (await import('@alicloud/credentials')) as unknown as Library & { default?: Library };
  const library = loaded.DefaultCredentialsProvider ? loaded : (loaded.default ?? loaded);
  if (kind === 'chain') return withoutUri(library.DefaultCredentialsProvider.builder().build());
  if ('uri' in kind) return library.URICredentialsProvider.builder().withCredentialsURI(kind.uri).build();
  return library.ECSRAMRoleCredentialsProvider.builder().withRoleName(kind.ecsRole).build();
}

/** A URI that is set was used before the chain; without one the chain asks `https://undefined/`. */
function withoutUri(chain: LibraryProvider): LibraryProvider {
  const links = (chain as { providers?: { getProviderName?(): string }[] }).providers;
  if (Array.isArray(links)) {
    const kept = links.filter((link) => link.getProviderName?.() !== 'credential_uri');
    links.splice(0, links.length, ...kept);
  }
  return chain;
}

/** Beginnings of the library's messages that we know. The rest of a message may be a file or a reply, keys included. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^IMDS credentials is disabled/, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED is true'],
  [
    /^error retrieving credentials from credentialsURI/,
    'its reply lacks AccessKeyId, AccessKeySecret or SecurityToken',
  ],
  [/^get sts token failed, json parse failed/, 'its reply is not JSON'],
  [/^get sts token failed$|^refresh Ecs sts token err/, 'its reply holds no credentials'],
  [/^invalid (UTC|year|month|date|hours|minutes|seconds|ms)/, 'its reply has no valid Expiration'],
  [/^empty$/, 'it answered with an empty key'],
];

function said(error: unknown): string {
  const { message, name, code } = error as { message?: unknown; name?: unknown; code?: unknown };
  const text = typeof message === 'string' ? message : '';
  const found = KNOWN.find(([pattern]) => pattern.test(text));
  if (found) return found[1];
  const status =
    /^get (?:sts token|role name|metadata token) failed(?:, httpStatus:| with|: GET \S+) (\d{3})\b/.exec(
      text,
    )?.[1];
  if (status !== undefined) return `it answered with HTTP ${status}`;
  if (typeof name === 'string' && name.startsWith('RequestTimeout')) return 'no reply in time';
  return typeof code === 'string' && /^E[A-Z_]{2,20}$/.test(code) ? code : 'it failed';
}

const CHAIN_HINTS: readonly (readonly [string, string])[] = [
  ['parse aliyun cli config from ', '~/.aliyun/config.json is not valid JSON.'],
  ['no any configured profiles in ', '~/.aliyun/config.json has no profiles.'],
  ['unable to get profile with ', '~/.aliyun/config.json has no profile of the name that is asked for.'],
  [
    'unsupported profile mode ',
    'The current profile of ~/.aliyun/config.json has a mode that the chain does not know.',
  ],
];

function chainFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  const hints = CHAIN_HINTS.filter(([fragment]) => text.includes(fragment)).map(([, told]) => ` ${told}`);
  return (
    'No credentials were found. Not set: alicloud:accessKey and the other keys of the configuration, ALICLOUD_*, ' +
    'ALIBABA_CLOUD_*, ALIBABACLOUD_*. Tried without success by the default chain: ~/.aliyun/config.json, ' +
    `~/.alibabacloud/credentials, the metadata service of an ECS instance.${hints.join('')}`
  );
}
