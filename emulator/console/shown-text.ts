import type { KeyPair } from '../test-key.js';

const MOST = 300;
/** What signs an address, or is part of what does. */
const SIGNING = /\w*(Signature|Token|AccessKeyId|AccessKeySecret)=[^&\s]*/gi;
/** Ids of keys and of temporary credentials, as the real service writes them. */
const KEY_IDS = /\b(LTAI|STS\.)[A-Za-z0-9]{6,}/g;

/**
 * A text of a request or of a rule, as it may be shown. Names hold no credentials, but a client may send anything in the
 * place of one: what follows a question mark may sign an address, and a key is left out wherever it stands.
 */
export function shownText(text: string, keys: readonly KeyPair[]): string {
  const withoutQuery = text.replace(/\?.*$/s, '?…').replace(SIGNING, '…').replace(KEY_IDS, '…');
  const clean = keys
    .flatMap(({ accessKeyId, accessKeySecret }) => [accessKeySecret, accessKeyId])
    .reduce((shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, '…')), withoutQuery);
  return clean.length > MOST ? `${clean.slice(0, MOST)}…` : clean;
}
