import { sayDuration } from './duration.js';

/** The link exists, and nothing says that this stack may have it. */
export class LinkExistsError extends Error {
  override readonly name = 'LinkExistsError';
  constructor(
    title: string,
    readonly id: string,
    known: string,
  ) {
    super(
      `it exists already${known} and is not in this stack. If another stack or a person owns it, leave it to them. ` +
        `To take it over, set adopt: true on this ${title}; or, if a run of this stack made it and was cut off, run ` +
        `once with\n  ALICLOUD_MEDIA_ADOPT=${shellQuoted(id)}`,
    );
  }
}

/** What the link hangs on is missing. It cannot vanish while the link lives, so the request went to a wrong place. */
export class ParentMissingError extends Error {
  override readonly name = 'ParentMissingError';
}

/** A wait came to its end. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
  constructor(what: string, waited: number, seen: string, operation: string) {
    super(
      `${what}: not within ${sayDuration(waited)}; last seen: ${seen}. Run the same command again, or give it more ` +
        `time with customTimeouts: { ${operation}: "30m" }.`,
    );
  }
}

/** The credentials belong to another account than the one that the state names. */
export class AccountMismatchError extends Error {
  override readonly name = 'AccountMismatchError';
  constructor(stored: string, current: string, source: string) {
    super(
      `it belongs to account ${stored}, and the credentials in force are those of account ${current} (${source}). ` +
        'No request about it was sent. Run the command again with credentials of the account that owns it.',
    );
  }
}

/** The link exists and is recorded, and something about it is not as it should be. */
export class HalfMadeError extends Error {
  override readonly name = 'HalfMadeError';
  constructor(
    readonly id: string,
    readonly outputs: Readonly<Record<string, unknown>>,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }
}

/** An id may hold nothing that a shell reads otherwise, but nobody should have to trust that. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
