/** What is known to be secret in one request, so that no text about that request can carry it. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

const HIDDEN = '[redacted]';

/** A secret shorter than this would blank out ordinary words. */
const SHORTEST = 6;

const PARAMETER =
  /\b(AccessKeyId|AccessKeySecret|SecurityToken|Signature|SignatureNonce|OIDCToken|OidcToken)(\s*[=:]\s*|%3D|%253D|"\s*:\s*")([^&\s"'%,;]+(?:%(?!26|2526)[0-9A-Fa-f]{2}[^&\s"'%,;]*)*)/gi;

/** The gateway answers SignatureDoesNotMatch with the string it signed: it holds key, token and nonce. */
const STRING_TO_SIGN = /(string to sign is\s*:?\s*).*/is;

/** Removes credentials from a text of the service or of a library, whether plain or percent-encoded. */
export function redact(text: string, credentials?: Credentials): string {
  let clean = text;
  const values = credentials
    ? [credentials.securityToken, credentials.accessKeySecret, credentials.accessKeyId]
    : [];
  for (const value of values) {
    if (value === undefined || value.length < SHORTEST) continue;
    clean = clean.replace(spellingsOf(value), HIDDEN);
  }
  return clean
    .replace(STRING_TO_SIGN, `$1${HIDDEN}`)
    .replace(PARAMETER, `$1$2${HIDDEN}`)
    .replace(/\bLTAI[0-9A-Za-z]{8,}/g, HIDDEN)
    .replace(/\bSTS\.[0-9A-Za-z]{8,}/g, HIDDEN);
}

/** The value with each of its signs plain or percent-encoded, once or again, in either case: encoders differ in which. */
function spellingsOf(value: string): RegExp {
  const hex = (byte: number) =>
    byte
      .toString(16)
      .padStart(2, '0')
      .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const signs = [...value].map((sign) => {
    if (/[A-Za-z0-9]/.test(sign)) return sign;
    const encoded = [...Buffer.from(sign)].map((byte) => `%(?:25)*${hex(byte)}`).join('');
    return `(?:${sign.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}|${encoded})`;
  });
  return new RegExp(signs.join(''), 'g');
}
