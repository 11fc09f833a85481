const extent = process.env.PULUMI_ALICLOUD_MEDIA_TESTS;

/** Whether this is `npm run test:full`: what is a product of many things is done whole. */
export const IS_FULL = extent === 'full';

/**
 * Whether this is more than `npm test`, in which what takes long is done in its corners: `npm run test:wide`, which CI
 * runs, or a file that somebody runs by its name.
 */
export const IS_WIDE = extent !== 'corners';

/** Whether a change is judged by this run: `npm test`, or `npm run test:wide` in CI. */
export const IS_GATE = extent === 'corners' || extent === 'wide';

/**
 * Files that `npm test` leaves out, since each drives the CLI for long. What most of them hold others hold too, in the
 * process or on the other host; the pages that are typed and the dry run of a release only they do.
 */
export const LEFT_OUT: readonly string[] = IS_WIDE
  ? []
  : [
      'lifecycle/adopting-page.test.ts',
      'lifecycle/audit-adopt.test.ts',
      'lifecycle/main-job.test.ts',
      'lifecycle/options.test.ts',
      'lifecycle/parents.test.ts',
      'lifecycle/recover.test.ts',
      'lifecycle/status.test.ts',
      'lifecycle/switches.test.ts',
      'lifecycle/workspace.test.ts',
      'package/get-started.test.ts',
      'package/release.test.ts',
      'plugin/automation-page.test.ts',
      'plugin/migration.test.ts',
    ];

/**
 * Every third, or every so many, of what `npm run test:wide` takes all of, and never none. Tables that differ in `turn`
 * begin at another row, so that together they miss little.
 */
export function thinned<T>(rows: readonly T[], turn = 0, every = 3): readonly T[] {
  if (IS_WIDE) return rows;
  const some = rows.filter((_, index) => (index + turn) % every === 0);
  return some.length > 0 ? some : rows.slice(0, 1);
}
