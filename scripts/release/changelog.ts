/** One version in CHANGELOG.md. */
export interface ChangelogSection {
  readonly version: string;
  /** The day of the release, or `unreleased`. */
  readonly day: string;
  /** What stands below its heading. */
  readonly text: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The versions in the changelog, the newest first, as they stand there. */
export function sectionsOf(changelog: string): readonly ChangelogSection[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const [, version = heading, day = ''] = /^(\S+) \((.*)\)$/.exec(heading) ?? [];
    return { version, day, text: lines.join('\n').trim() };
  });
}

/** What keeps a version from being released, in the changelog. */
export function changelogProblems(changelog: string, version: string): readonly string[] {
  const section = sectionsOf(changelog).find((each) => each.version === version);
  if (section === undefined) return [`CHANGELOG.md has no section "## ${version} (<day>)"`];
  if (!DAY.test(section.day))
    return [
      `CHANGELOG.md says "${section.day}" of ${version}: set the day of the release, as in (2026-01-31)`,
    ];
  return [];
}
