import type { NotFoundError } from '../alicloud/answers/errors.js';
import { ParentMissingError } from '../lifecycle/failures.js';
import type { Kind } from '../lifecycle/operation.js';

/** What hangs on something that the service does not find, in the words of an error. */
interface Hanging {
  /** `the dataset`. */
  readonly what: string;
  /** What is not found: `the project media`. */
  readonly on: string;
  readonly region: string;
  readonly check: 'the name' | 'the names';
  /** What to do beside checking, where it was to be made. */
  readonly otherwise: string;
  /** Why a missing parent is no proof: `It cannot be deleted while it has datasets`. */
  readonly why: string;
}

/** The project is missing that something of this name hangs on. */
export function projectMissing(
  kind: Kind,
  {
    what,
    region,
    projectName,
    why,
  }: Pick<Hanging, 'what' | 'region' | 'why'> & { readonly projectName: string },
  error: NotFoundError,
): ParentMissingError {
  const on = `the project ${projectName}`;
  return parentMissing(kind, { what, on, region, check: 'the name', otherwise: 'make it first', why }, error);
}

/** The parent of something is missing: it cannot vanish while that lives, so the request went to a wrong place. */
export function parentMissing(
  kind: Kind,
  { what, on, region, check, otherwise, why }: Hanging,
  error: NotFoundError,
): ParentMissingError {
  const found = `${on} is not found in ${region}: ${error.message}.`;
  const places = `Check ${check}, the region, the endpoint and the account`;
  return new ParentMissingError(
    kind === 'create'
      ? `${found} ${places}, or ${otherwise}.`
      : `${found} ${why}, so this is no proof that ${what} is gone. ${places}; ` +
          'if the project really was deleted, remove the resource with `pulumi state delete`.',
  );
}
