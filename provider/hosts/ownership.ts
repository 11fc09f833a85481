import { randomBytes } from 'node:crypto';
import { titleOf } from '../lifecycle/description.js';
import { ClaimedLinkError } from '../lifecycle/failures.js';
import type { Lifecycle, Properties } from '../lifecycle/lifecycle.js';
import { keeping, standingOf } from '../lifecycle/standing.js';
import type { Claim, ClaimedLink, Claims } from './claims.js';

/** Which resource of the program a call is about. */
export interface Caller {
  readonly name: string;
  /** The dynamic host tells none. */
  readonly urn?: string;
}

/** Who may have and remove the links of one resource in this run. */
export class Ownership {
  readonly #title: string;
  readonly #claims: Claims;

  constructor({ description }: Lifecycle, claims: Claims) {
    this.#title = titleOf(description);
    this.#claims = claims;
  }

  /** Takes a link for an entry that is new, before it is made; what it answers goes into the entry. */
  begin(id: string, account: string | undefined, caller: Caller | undefined): string {
    const claim = newClaim();
    const link = this.#link(id, account);
    const others = this.#claims.others(link, claim).filter((other) => isAnother(other, caller));
    if (others.length > 0) throw new ClaimedLinkError(namesOf(others));
    this.#add(link, claim, caller);
    return claim;
  }

  /** The entry has its link, and goes on with it. */
  has(id: string, outputs: Properties, caller: Caller | undefined): void {
    this.#add(this.#linkIn(id, outputs), claimOf(outputs, caller), caller);
  }

  /** A refresh has found it. */
  found(id: string, outputs: Properties, caller: Caller | undefined): void {
    this.#add(this.#linkIn(id, outputs), claimOf(outputs, caller), caller, true);
  }

  /** The entry has no link any more, or is going to have it by another claim. */
  release(id: string, outputs: Properties, caller: Caller | undefined): void {
    this.#claims.drop(this.#linkIn(id, outputs), claimOf(outputs, caller));
  }

  /** Takes back what `begin` did, where nothing came of it. */
  giveUp(id: string, account: string | undefined, claim: string): void {
    this.#claims.drop(this.#link(id, account), claim);
  }

  /** The names of those who have the link of this entry, too; undefined where nobody does. */
  others(id: string, outputs: Properties, caller: Caller | undefined): string | undefined {
    const others = this.#claims.others(this.#linkIn(id, outputs), claimOf(outputs, caller));
    return others.length === 0 ? undefined : namesOf(others);
  }

  #add(link: ClaimedLink, claim: string, caller: Caller | undefined, onlyRead?: true): void {
    this.#claims.add({ ...link, claim, name: caller?.name, urn: caller?.urn, onlyRead });
  }

  #linkIn(id: string, { accountId }: Properties): ClaimedLink {
    return this.#link(id, typeof accountId === 'string' ? accountId : undefined);
  }

  #link(id: string, account: string | undefined): ClaimedLink {
    return { title: this.#title, id, account };
  }
}

export function newClaim(): string {
  return randomBytes(6).toString('base64url');
}

/** The outputs of an entry, marked as those of this claim. */
export function claimedBy(outputs: Properties, claim: string): Properties {
  return keeping(outputs, { ...standingOf(outputs), claim });
}

/** What tells an entry from another for the same link. Older states have no claim: then what differs otherwise. */
function claimOf(outputs: Properties, caller: Caller | undefined): string {
  const { claim } = standingOf(outputs);
  return claim ?? caller?.urn ?? String(outputs.boundAt ?? 'without a claim');
}

/**
 * By its URN it may be the same resource, whose old entry goes after this; and so may what a refresh alone has reported,
 * under a name that the program does not use any more. Without a name nobody can tell.
 */
function isAnother({ name, urn, onlyRead }: Claim, caller: Caller | undefined): boolean {
  if (onlyRead || name === undefined || caller === undefined) return false;
  return urn === undefined || urn !== caller.urn;
}

function namesOf(claims: readonly Claim[]): string {
  return claims.map(({ name }) => name ?? 'another resource of this stack').join(' and ');
}
