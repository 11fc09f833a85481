import { isSpelling, nearest } from '../nearest.js';
import { NAMESPACES, SECRET, SECRET_WITHIN, STRICT } from './provider-args.js';

const OWN = 'alicloud-media';

/** Why a key of a stack's configuration is refused by the dynamic resources; `isGiven` tells of its other keys. */
export function keyProblem(key: string, isGiven: (key: string) => boolean): string | undefined {
  const [namespace = '', ...rest] = key.split(':');
  const name = rest.join(':');
  if (NAMESPACES[name] === namespace) return undefined;
  if (namespace !== OWN) {
    // All else there is of `@pulumi/alicloud`, which may come to know more.
    const meant = namespace === 'alicloud' ? STRICT.find((known) => isSpelling(name, known)) : undefined;
    return meant && `${key} is not read; write ${fullName(meant)}.`;
  }
  if (!Object.hasOwn(NAMESPACES, name))
    return `${key} is not known; nearest: ${nearest(name, Object.keys(NAMESPACES), 1).map(fullName).join()}.`;
  // The plugin reads it there, so a stack that has both hosts gives it to each.
  return isGiven(fullName(name)) ? undefined : `${key} is not read; write ${fullName(name)}.`;
}

const fullName = (name: string): string => `${NAMESPACES[name]}:${name}`;

/** Keys that may hold a secret. */
export const SECRET_NAMES: readonly string[] = [...SECRET, ...Object.keys(SECRET_WITHIN)];

export function holdsSecret(name: string, value: string | undefined): boolean {
  if (value === undefined || value === '') return false;
  // A URI without a user and a query carries no token.
  if (name === 'credentialsUri') return /[@?]/.test(value);
  // The path of a token file is no secret; a token is.
  const within = SECRET_WITHIN[name];
  return within === undefined || value.includes(`"${within}"`);
}
