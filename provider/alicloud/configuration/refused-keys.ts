import { KEYS, type KeyDescription } from './keys.js';
import type { Reader } from './reader.js';

/** Credential keys that are honoured, as `alicloud:<name>`. */
const CREDENTIAL_KEYS = Object.entries<KeyDescription>(KEYS).flatMap(([name, { section }]) =>
  section === 'credentials' ? [name] : [],
);

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Credential keys that we know and do not honour, with what to write instead. They are never passed over. */
const REFUSED_KEYS: readonly { readonly key: string; readonly instead: string }[] = CREDENTIAL_KEYS.flatMap(
  (name) => [
    { key: `alicloud-media:${name}`, instead: `alicloud:${name}` },
    ...(snake(name) === name ? [] : [{ key: `alicloud:${snake(name)}`, instead: `alicloud:${name}` }]),
  ],
);

export function refuseKeys(reader: Reader): void {
  for (const { key, instead } of REFUSED_KEYS) {
    if (reader.config(key)) reader.say(key, `is not read; write ${instead}`);
  }
  const protocol = reader.config('alicloud:protocol');
  if (protocol && protocol.value.toUpperCase() !== 'HTTPS') {
    reader.wrong(protocol, 'requests carry credentials, so it must be HTTPS');
  }
}
