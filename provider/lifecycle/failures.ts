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
      `it exists already${known}, and nothing says that this resource may have it. If you gave a resource of this ` +
        'stack another name or another parent, tell Pulumi so: with the option aliases, or with `pulumi state rename`. ' +
        'If another stack or a person owns it, leave it to them. ' +
        `To take it over, set adopt: true on this ${title}; or, if a run of this stack made it and was cut off, run ` +
        `once with${adoptLine(id)}`,
    );
  }
}

/** What a question is about does not exist. */
export class NotThereError extends Error {
  override readonly name = 'NotThereError';
}

/** What is there is not to be had, whoever says so. Nothing was sent. */
export class NotToBeTakenError extends Error {
  override readonly name = 'NotToBeTakenError';
}

/** Another resource of the stack has the link in this run. */
export class ClaimedLinkError extends Error {
  override readonly name = 'ClaimedLinkError';
  constructor(owners: string) {
    super(
      `${owners} has it in this stack, and it can belong to one resource only. Nothing was sent. Remove one of the two ` +
        'from the program: it stays with the other.',
    );
  }
}

/** No look can tell whether the link exists, and the service may make what exists without a word. Nothing was sent. */
export class UnseenLinkError extends Error {
  override readonly name = 'UnseenLinkError';
  constructor(title: string, id: string) {
    super(
      'the listing does not show it, and may be cut off: so nobody can tell whether somebody has made it already. ' +
        'Nothing was sent. Look it up in the console; where it is not there, or is yours, set adopt: true on this ' +
        `${title}, which takes it over if it exists; or run once with${adoptLine(id)}`,
    );
  }
}

/** A create was cut off, and too much time has passed since to tell whether what is there now came of it. */
export class DoubtfulLinkError extends Error {
  override readonly name = 'DoubtfulLinkError';
  constructor(title: string, id: string, tried: number | undefined) {
    const at = tried === undefined ? '' : ` (last tried ${new Date(tried).toISOString()})`;
    super(
      `the create of this ${title} was cut off${at}, and what is there now may be of it or of somebody else: the ` +
        'service keeps no time of it. Nothing was sent. If it is not yours, take it out of the state with ' +
        `\`pulumi state delete\`. If it is, run once with${adoptLine(id)}`,
    );
  }
}

/** What the link hangs on is missing. It cannot vanish while the link lives, so the request went to a wrong place. */
export class ParentMissingError extends Error {
  override readonly name = 'ParentMissingError';
}

/** What this operation made was removed, and made again by somebody else. */
export class RemadeError extends Error {
  override readonly name = 'RemadeError';
  constructor(own: string, seen: string) {
    super(
      `it was made, created ${own}, and removed while this waited for it; one of the same name was created ${seen} by ` +
        'somebody else. That one was left alone, and is not in this stack.',
    );
  }
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
        'No request about it was sent. Run the command again with credentials of the account that owns it. To have it in ' +
        'the other account instead, give the resource another name beside its new provider: then a new one is made ' +
        'there, and this one is removed by the provider that made it.',
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

const adoptLine = (id: string): string => `\n  ALICLOUD_MEDIA_ADOPT=${shellQuoted(id)}`;

/** An id may hold nothing that a shell reads otherwise, but nobody should have to trust that. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
