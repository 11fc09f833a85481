/** Which requests something is for; what is absent fits all. */
export interface Match {
  readonly action?: string | undefined;
  /** imm, mts or sts. */
  readonly service?: string | undefined;
  /** The link of the journal. */
  readonly link?: string | undefined;
  /** A part of it. */
  readonly linkContains?: string | undefined;
}

export function fits(match: Match, request: { action: string; service: string; link: string }): boolean {
  return (
    (match.action === undefined || match.action === request.action) &&
    (match.service === undefined || match.service === request.service) &&
    (match.link === undefined || match.link === request.link) &&
    (match.linkContains === undefined || request.link.includes(match.linkContains))
  );
}
