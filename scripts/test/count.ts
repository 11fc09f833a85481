import * as v from 'valibot';

/** The part of vitest's JSON report that is read here. */
const report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string() })),
    }),
  ),
});

/**
 * Counts a vitest run from its JSON report and exit code. A file that failed without a failed test (it does not load,
 * a hook threw) counts as one failure, and so does a run without a report, without a test, or with errors outside tests.
 */
export function countTests(text: string, exitCode: number): { passed: number; failed: number } {
  if (text === '') return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = v.parse(report, JSON.parse(text));
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  const ranNothing = numPassedTests + failed === 0;
  return { passed: numPassedTests, failed: failed === 0 && (exitCode !== 0 || ranNothing) ? 1 : failed };
}
