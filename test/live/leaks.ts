import { redact } from '../../provider/alicloud/records/redact.js';

const SUSPECT: readonly (readonly [string, RegExp])[] = [
  ['an AccessKey id', /LTAI[0-9A-Za-z]{8,}/],
  ['a temporary key', /STS\.[0-9A-Za-z]{8,}/],
  ['a name of a credential', /(AccessKey(Id|Secret)|SecurityToken|Signature|OIDCToken)"?\s*[=:]/i],
  ['an account id', /\b\d{12,20}\b/],
  ['a request id', /\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/i],
  ['an opaque text', /[A-Za-z0-9+/=_]{32,}/],
  ['an address', /\b\d{1,3}(\.\d{1,3}){3}\b|https?:\/\//],
];

/** What in a transcript looks like a credential, or tells who ran it. Numbers of the service's limits are no ids. */
export function leaksIn(transcript: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(transcript, (key, value) => {
    texts.push(key);
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.flatMap((text) => {
    const found = SUSPECT.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
    if (redact(text) !== text) found.push('something that is redacted elsewhere');
    return found.map((what) => `${what} in ${JSON.stringify(text.slice(0, 60))}`);
  });
}
