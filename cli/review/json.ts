import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { isSecret } from '../states/deployment.js';

/** What Pulumi writes in a preview in place of a secret. */
export const SECRET = '[secret]';

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A plan holds its secrets as a state does, a preview a word in their place. */
export function isHidden(value: unknown): boolean {
  return value === SECRET || isSecret(value);
}

/** A text that is known and no secret. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== UNKNOWN && !isHidden(value)
    ? value
    : undefined;
}
