import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../../emulator/index.js';

/** What no text may hold: the key pair, the beginning of the emulator's tokens and ids, a parameter of a signature. */
const SECRET: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the key id', new RegExp(TEST_ACCESS_KEY_ID)],
  ['the secret', new RegExp(TEST_ACCESS_KEY_SECRET)],
  ['a token', /emulator-token-/],
  ['the id of a temporary key', /TESTSTS\./],
  ['a name of a secret parameter', /SecurityToken(?!\.Expired| is expired)|AccessKeySecret|SignatureMethod/],
  // The codes of the services that begin with the same word are no signature.
  ['a signature', /Signature(?!NonceUsed|DoesNotMatch)/],
];

/** What of it stands in these texts or objects, each named. */
export function leaksIn(places: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(places).flatMap(([place, content]) => {
    const text = typeof content === 'string' ? content : (JSON.stringify(content) ?? '');
    return SECRET.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${what} in ${place}`);
  });
}
