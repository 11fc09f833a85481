/** A link in the account in which it is. */
export interface ClaimedLink {
  readonly title: string;
  readonly id: string;
  /** Undefined: not known, which may be any. */
  readonly account: string | undefined;
}

/** An entry of a state that says in this run that it has a link. */
export interface Claim extends ClaimedLink {
  /** Drawn for the entry, and kept in its outputs. */
  readonly claim: string;
  /** What the program calls the resource, as far as the host knows. */
  readonly name: string | undefined;
  /** Undefined where the host does not tell. */
  readonly urn: string | undefined;
  /** Only a refresh has reported it so far: the program need not have the resource any more. */
  readonly onlyRead?: true | undefined;
}

export type ClaimLine = { readonly add: Claim } | { readonly drop: Pick<Claim, 'title' | 'id' | 'claim'> };

/** The other provider processes of the same engine. */
export interface OtherProcesses {
  tell(line: ClaimLine): void;
  /** What they have told and not taken back. */
  claims(): readonly Claim[];
}

/**
 * Who has which link in this run: whoever made it, took it over, was found by a refresh or goes on with it by the
 * program. It is never removed under any of them by another. What an earlier run or another stack has cannot be seen.
 */
export class Claims {
  readonly #claims = new Map<string, Claim[]>();
  readonly #others: OtherProcesses | undefined;

  constructor(others?: OtherProcesses) {
    this.#others = others;
  }

  add(claim: Claim): void {
    const claims = this.#claims.get(keyOf(claim)) ?? [];
    const known = claims.find((other) => other.claim === claim.claim);
    if (known !== undefined && (!known.onlyRead || claim.onlyRead)) return;
    this.#claims.set(keyOf(claim), [...claims.filter((other) => other !== known), claim]);
    this.#others?.tell({ add: claim });
  }

  drop(link: ClaimedLink, claim: string): void {
    const { title, id } = link;
    const claims = this.#claims.get(keyOf(link)) ?? [];
    const left = claims.filter((other) => other.claim !== claim);
    if (left.length === claims.length) return;
    this.#claims.set(keyOf(link), left);
    this.#others?.tell({ drop: { title, id, claim } });
  }

  /** Those who have this link besides the entry of this claim. */
  others(link: ClaimedLink, claim: string): readonly Claim[] {
    const elsewhere = this.#others?.claims() ?? [];
    const all = [...(this.#claims.get(keyOf(link)) ?? []), ...elsewhere];
    return all.filter((other) => other.claim !== claim && isSameLink(other, link));
  }
}

const keyOf = ({ title, id }: ClaimedLink): string => `${title} ${id}`;

function isSameLink(one: ClaimedLink, other: ClaimedLink): boolean {
  if (keyOf(one) !== keyOf(other)) return false;
  return one.account === undefined || other.account === undefined || one.account === other.account;
}
