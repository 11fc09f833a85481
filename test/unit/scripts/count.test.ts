import { expect, test } from 'vitest';
import { countTests } from '../../../scripts/test/count.js';

function report(passed: number, failed: number, files: { status: string; tests: string[] }[] = []): string {
  const testResults = files.map(({ status, tests }, index) => ({
    name: `${index}.test.ts`,
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  }));
  return JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });
}

test.each([
  ['a run that went well', report(7, 0), 0, { passed: 7, failed: 0 }],
  ['failed tests', report(5, 2, [{ status: 'failed', tests: ['failed'] }]), 1, { passed: 5, failed: 2 }],
  ['a file that does not load', report(5, 0, [{ status: 'failed', tests: [] }]), 1, { passed: 5, failed: 1 }],
  ['an error outside the tests', report(5, 0), 1, { passed: 5, failed: 1 }],
  ['no test at all', report(0, 0), 0, { passed: 0, failed: 1 }],
  ['no report', '', 0, { passed: 0, failed: 1 }],
])('counts %s', (_, text, exitCode, expected) => {
  expect(countTests(text, exitCode)).toEqual(expected);
});
